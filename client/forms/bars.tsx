/** Stacked bars on a paper: parts are told apart by hatching in one ink, so that they print in black and white. */
import type { Block, Layout } from '../../server/reports/form.ts'
import { type Fill, fillOf, hatchOf } from './hatch.ts'
import { mm } from './parts.tsx'

type BarsBlock = Extract<Block, { readonly kind: 'bars' }>

const PAPER_MM = 210
/** What stands before a bar, and its height. */
const LABEL_MM = 55
const HEIGHT_MM = 3.6
const SWATCH_MM = 5

export function Bars({ block: { legend, rows }, layout: { margins } }: { block: BarsBlock; layout: Layout }) {
  const width = PAPER_MM - margins.left - margins.right - LABEL_MM
  return (
    <div class="bars">
      <p class="legend">
        {legend.map((label, i) => (
          <span key={label}>
            <span aria-hidden="true">
              <Parts parts={[{ fill: fillOf(i), count: 1 }]} width={SWATCH_MM} label={label} />
            </span>{' '}
            {label}
          </span>
        ))}
      </p>
      {rows.map(({ label, strong, counts, of }, r) => (
        <div key={r} class={strong ? 'bar-row strong' : 'bar-row'}>
          <p>{label}</p>
          <Parts
            parts={partsOf(counts, of)}
            width={width}
            label={[label, ...counts.map((n, i) => `${legend[i]} ${n}`)].join(', ')}
          />
        </div>
      ))}
    </div>
  )
}

interface Part {
  readonly fill: Fill
  readonly count: number
}

/** What bears no mark is white and lies before the last part. */
function partsOf(counts: readonly number[], of: number): readonly Part[] {
  const parts = counts.map((count, i): Part => ({ fill: fillOf(i), count }))
  const rest: Part = { fill: 'empty', count: of - counts.reduce((sum, n) => sum + n, 0) }
  const all = parts.length > 1 ? [...parts.slice(0, -1), rest, parts[parts.length - 1]!] : [...parts, rest]
  return all.filter(({ count }) => count > 0)
}

interface PartsProps {
  readonly parts: readonly Part[]
  /** In millimetres. */
  readonly width: number
  readonly label: string
}

/** Drawn in tenths of a millimetre; half a line's width stays free around. */
function Parts({ parts, width, label }: PartsProps) {
  const [length, height] = [10 * width, 10 * HEIGHT_MM]
  const of = parts.reduce((sum, { count }) => sum + count, 0)
  const ends = parts.map((_, i) => (length * parts.slice(0, i + 1).reduce((sum, { count }) => sum + count, 0)) / of)
  return (
    <svg
      viewBox={`-1 -1 ${length + 2} ${height + 2}`}
      style={{ width: mm(width) }}
      role="img"
      aria-label={label}
      stroke="currentColor"
      stroke-width="2"
    >
      {parts.map(({ fill }, i) => {
        const [from, to] = [i === 0 ? 0 : ends[i - 1]!, ends[i]!]
        return (
          <g key={i} data-fill={fill}>
            <rect x={from} y="0" width={to - from} height={height} fill={fill === 'solid' ? 'currentColor' : 'none'} />
            <path d={hatchOf(fill, { from, to, height })} fill="none" />
          </g>
        )
      })}
    </svg>
  )
}
