/**
 * Many equations `Σ sᵢ·Pᵢ = 0` between public points, checked as one: each is multiplied by a random weight of 128 bits
 * that the checker draws, so that a false one hides with a chance of 2⁻¹²⁸. The plain check, one equation at a time
 * by @noble's own multiplication, is the reference; both must always agree.
 */
import type { Rng } from './bytes.ts'
import { IDENTITY, multiplyPublic, type Point, plus, type Scalar, times, weightScalar, ZERO } from './group.ts'
import { sumOfMultiples } from './multiscalar.ts'

/** Holds if the sum of the multiples is the identity. A point that several equations share should be one object. */
export type Equation = readonly (readonly [Point, Scalar])[]

/** The reference: this one equation, without weights. */
export function holdsPlainly(equation: Equation): boolean {
  return equation.reduce((sum, [p, s]) => sum.add(multiplyPublic(p, s)), IDENTITY).is0()
}

/** All at once. Shape: any number of equations; none at all holds. */
export function hold(equations: Iterable<Equation>, rng: Rng): boolean {
  const scalars = new Map<Point, Scalar>()
  for (const equation of equations) {
    const weight = weightScalar(rng(16))
    for (const [p, s] of equation) scalars.set(p, plus(scalars.get(p) ?? ZERO, times(weight, s)))
  }
  return sumOfMultiples([...scalars.keys()], [...scalars.values()]).is0()
}

/** The indices of the items that have a false equation, ascending: a batch that fails is halved until they are alone. */
export function culprits(items: readonly (readonly Equation[])[], rng: Rng, first = 0): readonly number[] {
  if (hold(items.flat(), rng)) return []
  if (items.length === 1) return [first]
  const half = items.length >> 1
  return [...culprits(items.slice(0, half), rng, first), ...culprits(items.slice(half), rng, first + half)]
}
