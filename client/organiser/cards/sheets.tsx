/**
 * The cards of a poll, ten on an A4 sheet. Seen on paper only: on the screen `cards.css` hides them, because a card that
 * was seen is a card that somebody else may have photographed.
 *
 * Nothing on a card differs from the next one but QR and typed code: no number, no order, no time, and no page numbers.
 * Where voters come in groups the group's label stands on the card too, in a place that is the same whatever it says, and
 * each group begins a new sheet. Whoever calls has shuffled the cards.
 */
import { shortCode } from '../../../crypto/bytes.ts'
import type { Manifest } from '../../../crypto/manifest.ts'
import { type Card, cardLink, printedCode } from '../../../crypto/token.ts'
import { paperOf } from '../../paper.ts'
import { Qr } from '../../qr.tsx'
import { CARDS } from '../../words/cards.ts'
import type { Language } from '../../words/language.ts'
import './cards.css'

const CARDS_A_SHEET = 10

interface CardSheetsProps {
  readonly manifest: Manifest
  /** Already in random order. */
  readonly cards: readonly Card[]
  /** As phones will use it, without a slash at the end. */
  readonly address: string
  readonly language: Language
}

export function CardSheets({ manifest, cards, address, language }: CardSheetsProps) {
  const sheets = manifest.groups.flatMap((_, group) => sheetsOf(cards.filter(card => card.group === group)))
  const { rehearsal } = paperOf(manifest)
  const print: CardPrint = { manifest, address, language, rehearsal }
  return (
    <div class="sheets" lang={language}>
      {sheets.map(sheet => (
        <section class="sheet cards" key={printedCode(sheet[0]!)}>
          <CutMarks />
          {sheet.map(card => (
            <OneCard key={printedCode(card)} card={card} print={print} />
          ))}
        </section>
      ))}
    </div>
  )
}

const sheetsOf = (cards: readonly Card[]): readonly (readonly Card[])[] =>
  Array.from({ length: sheetsFor(cards.length) }, (_, i) => cards.slice(i * CARDS_A_SHEET, (i + 1) * CARDS_A_SHEET))

/** Of one group. */
export const sheetsFor = (cards: number): number => Math.ceil(cards / CARDS_A_SHEET)

/** What is the same on every card. */
interface CardPrint {
  readonly manifest: Manifest
  readonly address: string
  readonly language: Language
  readonly rehearsal: boolean
}

function OneCard({ card, print: { manifest, address, language, rehearsal } }: { card: Card; print: CardPrint }) {
  const words = CARDS[language].card
  const groups = printedCode(card).split(' ')
  const label = manifest.groups.length > 1 ? manifest.groups[card.group]!.label : null
  return (
    <article class={label === null ? 'card' : 'card grouped'}>
      {rehearsal ? <p class="watermark">{CARDS[language].rehearsal}</p> : null}
      <Qr text={cardLink(address, card, manifest.hash)} label={words.qr} />
      <div class="card-text">
        <p class="card-heading">{words.heading}</p>
        {label === null ? null : <p class={`card-group ${labelSizeOf(label)}`}>{label}</p>}
        <p class={`card-title ${sizeOf(manifest.poll.title)}`}>{manifest.poll.title}</p>
        <p class="card-scan">{words.scan}</p>
        <p class={`card-or ${addressSizeOf(shortAddress(address))}`}>
          {words.orOpen[0]} <strong>{shortAddress(address)}</strong> {words.orOpen[1]}:
        </p>
        <p class="card-code">
          {groups.slice(0, 3).join(' ')}
          <br />
          {groups.slice(3).join(' ')}
        </p>
        <p class="card-label">
          {words.manifestCode} <span class="card-manifest">{shortCode(manifest.hash)}</span>
        </p>
      </div>
      <p class="card-foot">
        <strong>{words.once}</strong>
        <br />
        {words.untraceable}
      </p>
    </article>
  )
}

/** What people type: browsers add the rest. */
const shortAddress = (address: string): string => address.replace(/^https?:\/\//, '')

/** Letters that fit: two lines of ordinary size, two of a smaller one, three of the smallest. What is longer still is cut. */
const sizeOf = (title: string): string => (title.length <= 40 ? 'large' : title.length <= 54 ? 'middle' : 'small')

/** One line of ordinary size, one of a smaller size, or two of the smallest: all of one height. */
const labelSizeOf = (label: string): string => (label.length <= 22 ? 'short' : label.length <= 30 ? 'middle' : 'long')

/** One line, two of a smaller size, or as many as a name of the longest kind takes. */
const addressSizeOf = (address: string): string =>
  address.length <= 20 ? 'short' : address.length <= 46 ? 'long' : 'longest'

// In millimetres, as `cards.css` sets the cards.
const LEFT = 15
const TOP = 13.5
const COLUMNS = [0, 1, 2].map(i => LEFT + 90 * i)
const ROWS = [0, 1, 2, 3, 4, 5].map(i => TOP + 54 * i)
const MARK = 6
const GAP = 1.5
const CROSS = 1.5

/** Lines in the margins, where cards end, and small crosses where four of them meet. */
function CutMarks() {
  const bottom = ROWS[5]!
  const right = COLUMNS[2]!
  const vertical = COLUMNS.map(x => `M${x} ${TOP - GAP - MARK}v${MARK}M${x} ${bottom + GAP}v${MARK}`)
  const horizontal = ROWS.map(y => `M${LEFT - GAP - MARK} ${y}h${MARK}M${right + GAP} ${y}h${MARK}`)
  const crosses = ROWS.map(y => `M${COLUMNS[1]! - CROSS} ${y}h${2 * CROSS}M${COLUMNS[1]} ${y - CROSS}v${2 * CROSS}`)
  return (
    <svg class="cut-marks" viewBox="0 0 210 297" aria-hidden="true">
      <path d={[...vertical, ...horizontal].join('')} stroke="#000" stroke-width="0.2" fill="none" />
      <path d={crosses.join('')} stroke="#888" stroke-width="0.1" fill="none" />
    </svg>
  )
}
