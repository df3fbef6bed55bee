/**
 * One stacked bar, options in ballot order, with the thresholds at which regulations look as thin lines. Parts are told
 * apart by pattern, in one ink: it prints in black and white, and no colour leans towards an answer.
 *
 * The whole bar is the denominator. What bears no mark lies before the last option, which so ends at the right edge:
 * a threshold on the first or the last option stands at the same place on every bar.
 */
import { parseFraction } from '../server/rules/fraction.ts'
import type { Fraction } from '../server/rules/pack.ts'

/** What fills a part, by its place; what bears no mark is white. Places beyond the list begin again. */
const PATTERNS = ['solid', 'stripes', 'dots', 'bricks', 'rising', 'grid', 'upright'] as const
export type Fill = (typeof PATTERNS)[number] | 'empty'
export const fillOf = (place: number): Fill => PATTERNS[place % PATTERNS.length]!

const Shape = ({ fill }: { fill: Fill }) => {
  switch (fill) {
    case 'solid':
      return <rect width="8" height="8" fill="currentColor" />
    case 'stripes':
      return <path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="currentColor" stroke-width="2" />
    case 'dots':
      return <path d="M2 2h.01M6 6h.01" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" />
    case 'bricks':
      return <path d="M0 2h8M0 6h8" stroke="currentColor" stroke-width="1" />
    case 'rising':
      return <path d="M-2 6l4 4M0 0l8 8M6-2l4 4" stroke="currentColor" stroke-width="1" />
    case 'grid':
      return <path d="M0 4h8M4 0v8" stroke="currentColor" stroke-width="1" />
    case 'upright':
      return <path d="M2 0v8M6 0v8" stroke="currentColor" stroke-width="1" />
    case 'empty':
      return null
  }
}

/** Patterns are found by id within the page: once is enough for all bars. */
export const Patterns = () => (
  <svg class="hidden" width="0" height="0" aria-hidden="true">
    <defs>
      {[...PATTERNS, 'empty' as const].map(fill => (
        <pattern key={fill} id={`fill-${fill}`} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill="var(--sheet)" />
          <Shape fill={fill} />
        </pattern>
      ))}
    </defs>
  </svg>
)

export const Swatch = ({ fill }: { fill: Fill }) => (
  <svg class="swatch" viewBox="0 0 24 24" aria-hidden="true">
    <rect x="1" y="1" width="22" height="22" fill={`url(#fill-${fill})`} stroke="currentColor" />
  </svg>
)

interface BarProps {
  /** By option, in the ballot's order. */
  readonly counts: readonly number[]
  /** The denominator. */
  readonly of: number
  /** Which option each threshold looks at, and from which fraction on. */
  readonly lines?: readonly { readonly option: number; readonly fraction: Fraction }[]
  /** Nothing where the same is said in words right beside it. */
  readonly label?: string
}

interface Piece {
  readonly fill: Fill
  readonly from: number
  readonly to: number
}

/** From the left; fractions of the whole. */
function piecesOf(counts: readonly number[], of: number): readonly Piece[] {
  const rest = of - counts.reduce((sum, n) => sum + n, 0)
  const last = counts.length - 1
  const parts = counts.flatMap((count, i): readonly { fill: Fill; count: number }[] => {
    const part = { fill: fillOf(i), count }
    return i === last ? [{ fill: 'empty', count: rest }, part] : [part]
  })
  const ends = parts.map((_, i) => parts.slice(0, i + 1).reduce((sum, { count }) => sum + count, 0))
  return parts.map(({ fill, count }, i) => ({ fill, from: (ends[i]! - count) / of, to: ends[i]! / of }))
}

/** Where a threshold stands: measured from the option's own edge. Null: beyond the bar. */
function placeOf(option: number, fraction: Fraction, counts: readonly number[], of: number): number | null {
  const { n, d } = parseFraction(fraction)
  if (option === counts.length - 1) return 1 - n / d
  const place = counts.slice(0, option).reduce((sum, count) => sum + count, 0) / of + n / d
  return place > 1 ? null : place
}

const percent = (share: number): string => `${Math.round(share * 1e4) / 100}%`

/** Nothing where more was marked than the denominator holds: several options were allowed. */
export function Bar({ counts, of, lines = [], label }: BarProps) {
  if (of <= 0 || counts.reduce((sum, n) => sum + n, 0) > of) return null
  const drawn = lines.flatMap(({ option, fraction }) => {
    const place = placeOf(option, fraction, counts, of)
    return place === null ? [] : [{ place: percent(place), fraction }]
  })
  const ruled = drawn.length > 0
  return (
    <svg
      class={ruled ? 'bar ruled' : 'bar'}
      width="100%"
      role="img"
      aria-label={label}
      aria-hidden={label === undefined ? 'true' : undefined}
    >
      {piecesOf(counts, of).map(({ fill, from, to }) => (
        <rect
          key={`${fill} ${from}`}
          x={percent(from)}
          y={ruled ? '1.6em' : '0.1em'}
          width={percent(to - from)}
          height="2.5em"
          fill={`url(#fill-${fill})`}
          stroke="currentColor"
          stroke-width="1.5"
        />
      ))}
      {drawn.map(({ place, fraction }) => (
        <g key={place}>
          <line class="halo" x1={place} x2={place} y1="1.65em" y2="4.05em" />
          <line class="threshold" x1={place} x2={place} y1="1.25em" y2="4.45em" />
          <text x={place} y="0.95em" text-anchor="middle">
            {fraction}
          </text>
        </g>
      ))}
    </svg>
  )
}
