/**
 * What fills the parts of a bar on a paper, as lines of one ink: a printer gets a few strokes, where the patterns of the
 * screen (`bar.tsx`) would each become a picture. The same kinds in the same order.
 */

const KINDS = ['solid', 'stripes', 'dots', 'level', 'falling', 'grid', 'upright'] as const
export type Fill = (typeof KINDS)[number] | 'empty'
/** By the option's place. Places beyond the list begin again. */
export const fillOf = (place: number): Fill => KINDS[place % KINDS.length]!

/** All lengths are tenths of a millimetre. */
interface Box {
  readonly from: number
  readonly to: number
  readonly height: number
}

const STEP = 12
const FINE = 8

/** Multiples of `step` from `from` on, below `to`: neighbouring parts stay in line. */
function steps(from: number, to: number, step: number): readonly number[] {
  const first = Math.ceil(from / step)
  return Array.from({ length: Math.max(Math.ceil(to / step) - first, 0) }, (_, i) => (first + i) * step)
}

const round = (length: number): number => Math.round(length * 10) / 10

const line = (x: number, y: number, toX: number, toY: number): string =>
  `M${round(x)} ${round(y)}L${round(toX)} ${round(toY)}`

/** A path to be stroked; empty where the part is filled, or left white. */
export function hatchOf(fill: Fill, box: Box): string {
  const { from, to, height } = box
  switch (fill) {
    case 'solid':
    case 'empty':
      return ''
    case 'stripes':
      return slanted(box, (x, t) => [x + t, height - t])
    case 'falling':
      return slanted(box, (x, t) => [x + t, t])
    case 'dots':
      return steps(STEP / 2, height, STEP)
        .flatMap((y, row) =>
          steps(from, to - 3, STEP).map(x => line(x + (row % 2) * 6, y, Math.min(x + (row % 2) * 6 + 3, to), y)),
        )
        .join('')
    case 'level':
      return level(box)
    case 'upright':
      return upright(box)
    case 'grid':
      return level(box) + upright(box)
  }
}

const level = ({ from, to, height }: Box): string =>
  steps(FINE / 2, height, FINE)
    .map(y => line(from, y, to, y))
    .join('')

const upright = ({ from, to, height }: Box): string =>
  steps(from, to, FINE)
    .map(x => line(x, 0, x, height))
    .join('')

/** Lines at 45° through the box, cut at its sides. `at`: where a line that begins at `x` is after `t`. */
const slanted = ({ from, to, height }: Box, at: (x: number, t: number) => readonly [number, number]): string =>
  steps(from - height, to, STEP)
    .map(x => {
      const [begin, end] = [Math.max(0, from - x), Math.min(height, to - x)]
      return begin < end ? line(...at(x, begin), ...at(x, end)) : ''
    })
    .join('')
