/**
 * The paper of a poll: cards, ten on an A4 sheet, and one sheet for the chair. Seen on paper only: on the screen
 * `cards.css` hides it, because a card that was seen is a card that somebody else may have photographed.
 *
 * Nothing on a card differs from the next one but QR and typed code: no number, no order, no time, and no page numbers.
 * Whoever calls has shuffled the cards.
 */
import { shortCode } from '../../../crypto/bytes.ts'
import type { Manifest } from '../../../crypto/manifest.ts'
import { type Card, cardLink, printedCode } from '../../../crypto/token.ts'
import { type Paper, paperOf } from '../../paper.ts'
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
  const sheets = Array.from({ length: Math.ceil(cards.length / CARDS_A_SHEET) }, (_, i) =>
    cards.slice(i * CARDS_A_SHEET, (i + 1) * CARDS_A_SHEET),
  )
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
  return (
    <article class="card">
      {rehearsal ? <p class="watermark">{CARDS[language].rehearsal}</p> : null}
      <Qr text={cardLink(address, card, manifest.hash)} label={words.qr} />
      <div class="card-text">
        <p class="card-heading">{words.heading}</p>
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

interface ChairSheetProps {
  readonly manifest: Manifest
  readonly paper: Paper
  readonly counts: {
    readonly convened: number
    readonly absent: number
    readonly cards: number
    readonly spare: number
  }
  /** 64 hex digits. */
  readonly bundleHex: string
  readonly language: Language
}

export function ChairSheet({ manifest, paper, counts, bundleHex, language }: ChairSheetProps) {
  const words = CARDS[language].chair
  return (
    <div class="sheets" lang={language}>
      <section class={manifest.trustees.length > 4 ? 'sheet chair crowded' : 'sheet chair'}>
        {paper.rehearsal ? <p class="watermark">{CARDS[language].rehearsal}</p> : null}
        <header>
          <p class="chair-unit">{paper.unit}</p>
          <h1>{words.title}</h1>
          <p class="chair-poll">{manifest.poll.title}</p>
          <p class="chair-reader">
            {words.reader}. {words.people(counts.convened, counts.absent)}
          </p>
        </header>
        <h2>1. {words.printing.title}</h2>
        <ul class="ticks">
          {words.printing.steps.map(step => (
            <li key={step}>
              <Box /> {step}
            </li>
          ))}
        </ul>
        <h2>2. {words.drawing.title}</h2>
        <Drawing words={words} />
        <h2>3. {words.counting.title}</h2>
        <Counting words={words} counts={counts} />
        <h2>4. {words.codes.title}</h2>
        <dl class="codes">
          <div>
            <dt>{words.codes.manifest}</dt>
            <dd class="chair-manifest">{shortCode(manifest.hash)}</dd>
            <dd class="chair-note">{words.codes.manifestNote}</dd>
          </div>
          <div>
            <dt>{words.codes.bundle}</dt>
            <dd class="chair-bundle">{bundleHex.match(/.{1,4}/g)!.map(four => `${four} `)}</dd>
            <dd class="chair-note">{words.codes.bundleNote}</dd>
          </div>
        </dl>
        <Signatures words={words} names={manifest.trustees.map(({ name }) => name)} />
      </section>
    </div>
  )
}

type ChairWords = (typeof CARDS)[Language]['chair']

const Box = () => <span class="tick-box" />

const Drawing = ({ words: { drawing } }: { words: ChairWords }) => (
  <table class="drawing">
    <thead>
      <tr>
        <th>{drawing.done}</th>
        <th>{drawing.step}</th>
        <th>{drawing.signature}</th>
      </tr>
    </thead>
    <tbody>
      {drawing.steps.map((step, i) => (
        <tr key={step}>
          <td>
            <Box />
          </td>
          <td>
            {i + 1}. {step}
          </td>
          <td />
        </tr>
      ))}
    </tbody>
  </table>
)

function Counting({ words: { counting }, counts }: { words: ChairWords; counts: ChairSheetProps['counts'] }) {
  const rows: readonly (readonly [string, string | number])[] = [
    [counting.printed, counts.cards],
    [counting.spare, counts.spare],
    [counting.handedOut, counting.atMost(counts.convened - counts.absent)],
    [counting.spoilt, ''],
    [counting.sealed, ''],
  ]
  return (
    <>
      <table class="counting">
        <thead>
          <tr>
            <th>{counting.cards}</th>
            <th>{counting.planned}</th>
            <th>{counting.counted}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, planned]) => (
            <tr key={label}>
              <td>{label}</td>
              <td>{planned}</td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <p class="chair-note">{counting.rule}</p>
    </>
  )
}

const Signatures = ({ words, names }: { words: ChairWords; names: readonly string[] }) => (
  <footer>
    <p class="chair-date">{words.date}</p>
    <div class="signatures">
      <div>
        <strong>{words.chair}</strong>
        <span>{words.signHere}</span>
      </div>
      <div>
        <strong>{words.member}</strong>
        <span>{words.signHere}</span>
        <ul>
          {names.map((name, i) => (
            <li key={`${i} ${name}`}>{name}</li>
          ))}
        </ul>
      </div>
    </div>
  </footer>
)
