/**
 * One stacked bar, options in ballot order. Told apart by pattern, in one ink: it prints in black and white, and no
 * colour leans towards an answer.
 */
const WIDTH = 720
const HEIGHT = 44

/** What fills a part, by its place; the lines left empty are white. Places beyond the list begin again. */
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

export interface Part {
  readonly fill: Fill
  readonly count: number
}

export function Bar({ parts, label }: { readonly parts: readonly Part[]; readonly label: string }) {
  const total = parts.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return null
  const ends = parts.map((_, i) => parts.slice(0, i + 1).reduce((sum, { count }) => sum + count, 0))
  return (
    <svg class="bar" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {parts.map(({ fill, count }, i) => {
        const x = ((ends[i]! - count) * WIDTH) / total
        return (
          <rect
            key={`${fill} ${ends[i]}`}
            x={x}
            y="1"
            width={(count * WIDTH) / total}
            height={HEIGHT - 2}
            fill={`url(#fill-${fill})`}
            stroke="currentColor"
            stroke-width="1.5"
          />
        )
      })}
    </svg>
  )
}
