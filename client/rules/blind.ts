/**
 * The second person's reading: the decisive figures, typed again from the agency's text without sight of the first
 * entry, and compared with it. Upper bounds are typed too, although the first entry had them follow by themselves.
 */
import type { Base, Pack } from '../../server/rules/pack.ts'

/** Numbers as typed. */
interface Share {
  readonly n: string
  readonly d: string
}

export interface BlindBand {
  readonly option: string
  readonly from: Share & { readonly operator: '' | '>' | '>=' }
  /** `none`: up to all. */
  readonly to: Share & { readonly operator: '' | 'none' | '<' | '<=' }
}

export interface BlindHistory {
  readonly kind: '' | 'quality' | 'share'
  /** Of `quality`. */
  readonly level: string
  readonly years: string
  /** Of `share`. */
  readonly from: Share & { readonly operator: '' | '>' | '>=' }
}

/** `absent`: the text says nothing of the kind, which is an answer too. */
export interface Blind {
  readonly draft: string
  readonly denominator: '' | Base
  readonly quorum: Share & { readonly absent: boolean; readonly of: '' | 'convened' | 'members' }
  readonly bands: { readonly absent: boolean; readonly rows: readonly BlindBand[] }
  readonly histories: { readonly absent: boolean; readonly rows: readonly BlindHistory[] }
  readonly cap: Share & { readonly absent: boolean; readonly base: string }
  /** What differed when the two were last compared; null: not compared since the last change. */
  readonly differences: readonly Difference[] | null
}

export type Figure = 'denominator' | 'quorum' | 'bands' | 'histories' | 'cap'

/** The same figure as it was proposed and as it was typed now, each in one comparable form. */
export interface Difference {
  readonly figure: Figure
  readonly proposed: readonly string[]
  readonly typed: readonly string[]
}

const NO_SHARE: Share = { n: '', d: '' }
export const FRESH_BAND: BlindBand = {
  option: '',
  from: { operator: '', ...NO_SHARE },
  to: { operator: '', ...NO_SHARE },
}
export const FRESH_HISTORY: BlindHistory = { kind: '', level: '', years: '', from: { operator: '', ...NO_SHARE } }

export const freshBlind = (draft: string): Blind => ({
  draft,
  denominator: '',
  quorum: { absent: false, of: '', ...NO_SHARE },
  bands: { absent: false, rows: [FRESH_BAND] },
  histories: { absent: false, rows: [FRESH_HISTORY] },
  cap: { absent: false, base: '', ...NO_SHARE },
  differences: null,
})

/** Which figures are not answered yet. */
export function unanswered({ denominator, quorum, bands, histories, cap }: Blind, pack: Pack): readonly Figure[] {
  const whole = ({ n, d }: Share) => fractionOf(n, d) !== null
  const answered: readonly (readonly [Figure, boolean])[] = [
    ['denominator', denominator !== ''],
    ['quorum', quorum.absent || (quorum.of !== '' && whole(quorum))],
    [
      'bands',
      bands.absent ||
        (bands.rows.length > 0 &&
          bands.rows.every(
            ({ option, from, to }) =>
              option !== '' &&
              from.operator !== '' &&
              whole(from) &&
              to.operator !== '' &&
              (to.operator === 'none' || whole(to)),
          )),
    ],
    [
      'histories',
      histories.absent ||
        (histories.rows.length > 0 &&
          histories.rows.every(
            ({ kind, level, years, from }) =>
              /^\d+$/.test(years) &&
              (kind === 'quality' ? level !== '' : kind === 'share' && from.operator !== '' && whole(from)),
          )),
    ],
    // Which denominators there are to choose from is known from a proposed cap alone.
    ['cap', cap.absent || (whole(cap) && (cap.base !== '' || pack.cap === null))],
  ]
  return answered.flatMap(([figure, done]) => (done ? [] : [figure]))
}

/** `4`, `6` → `2/3`; null where they make no share. */
function fractionOf(n: string, d: string): string | null {
  const [a, b] = [Number(n), Number(d)]
  if (!/^\d{1,4}$/.test(n) || !/^\d{1,4}$/.test(d) || a < 1 || a > b) return null
  const common = divisor(a, b)
  return `${a / common}/${b / common}`
}
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

// ── one comparable form ─────────────────────────────────────────────────────────────────────────────────────────

type Figures = Readonly<Record<Figure, readonly string[]>>

/** Ranges about which the text is silent are no figures of the text: the bounds around them are. */
const proposedFigures = ({ denominator, quorum, bands, histories, cap }: Pack): Figures => ({
  denominator: [denominator.of],
  quorum: quorum === null ? [] : [`${quorum.fraction} ${quorum.of}`],
  bands: bands
    .filter(({ consequence }) => consequence !== null)
    .map(({ option, from, to }) => bandText(option, from, to)),
  histories: histories.map(({ counts, years }) =>
    counts.kind === 'quality'
      ? `quality ${counts.level} ${years}`
      : `share ${counts.operator} ${counts.fraction} ${years}`,
  ),
  cap: cap === null ? [] : [`${cap.fraction} ${cap.base}`],
})

const typedFigures = ({ denominator, quorum, bands, histories, cap }: Blind): Figures => ({
  denominator: [denominator],
  quorum: quorum.absent ? [] : [`${shareText(quorum)} ${quorum.of}`],
  bands: bands.absent
    ? []
    : bands.rows.map(({ option, from, to }) =>
        bandText(option, { operator: from.operator, fraction: shareText(from) }, upperOf(to)),
      ),
  histories: histories.absent
    ? []
    : histories.rows.map(({ kind, level, years, from }) =>
        kind === 'quality'
          ? `quality ${level} ${Number(years)}`
          : `share ${from.operator} ${shareText(from)} ${Number(years)}`,
      ),
  cap: cap.absent ? [] : [`${shareText(cap)} ${cap.base}`],
})

const shareText = ({ n, d }: Share): string => fractionOf(n, d) ?? `${n}/${d}`

/** Up to all, said as such or as one whole. */
const upperOf = (to: BlindBand['to']): Bound | null =>
  to.operator === 'none' || (to.operator === '<=' && shareText(to) === '1/1')
    ? null
    : { operator: to.operator, fraction: shareText(to) }

interface Bound {
  readonly operator: string
  readonly fraction: string
}
const bandText = (option: string, from: Bound, to: Bound | null): string =>
  [option, from.operator, from.fraction, ...(to === null ? [] : [to.operator, to.fraction])].join(' ')

/** Nothing: both people read the same figures. */
export function compareBlind(blind: Blind, pack: Pack): readonly Difference[] {
  const [proposed, now] = [proposedFigures(pack), typedFigures(blind)]
  const figures: readonly Figure[] = ['denominator', 'quorum', 'bands', 'histories', 'cap']
  return figures.flatMap(figure => {
    const [one, other] = [[...proposed[figure]].sort(), [...now[figure]].sort()]
    return one.join('|') === other.join('|') ? [] : [{ figure, proposed: one, typed: other }]
  })
}

/** What was wrong is typed anew; what agreed stays. */
export function cleared(blind: Blind, differences: readonly Difference[]): Blind {
  const fresh = freshBlind(blind.draft)
  const anew = differences.map(({ figure }) => [figure, fresh[figure]])
  return { ...blind, ...Object.fromEntries(anew) }
}
