/**
 * The sheet for the chair: how cards are handed out, and the numbers that must fit; where voters come in groups, the
 * numbers of each group on pages of their own. Seen on paper only, like the cards.
 */
import { shortCode } from '../../../crypto/bytes.ts'
import type { Manifest } from '../../../crypto/manifest.ts'
import type { Paper } from '../../paper.ts'
import { CARDS } from '../../words/cards.ts'
import type { Language } from '../../words/language.ts'
import './cards.css'

interface ChairSheetProps {
  readonly manifest: Manifest
  readonly paper: Paper
  /** People who are away, whichever group they belong to. */
  readonly absent: number
  /** As in the manifest: one at least. */
  readonly groups: readonly Planned[]
  /** 64 hex digits. */
  readonly bundleHex: string
  readonly language: Language
}

/** A group's cards as they were planned. */
interface Planned {
  readonly label: string
  readonly convened: number
  readonly cards: number
}

const TABLES_A_SHEET = 4

export function ChairSheet({ manifest, paper, absent, groups, bundleHex, language }: ChairSheetProps) {
  const words = CARDS[language].chair
  const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0)
  const convened = sum(groups.map(group => group.convened))
  const cards = sum(groups.map(group => group.cards))
  const several = groups.length > 1
  const pages = Array.from({ length: several ? Math.ceil(groups.length / TABLES_A_SHEET) : 0 }, (_, i) =>
    groups.slice(i * TABLES_A_SHEET, (i + 1) * TABLES_A_SHEET),
  )
  return (
    <div class="sheets" lang={language}>
      <section class={several || manifest.trustees.length > 4 ? 'sheet chair crowded' : 'sheet chair'}>
        {paper.rehearsal ? <p class="watermark">{CARDS[language].rehearsal}</p> : null}
        <header>
          <p class="chair-unit">{paper.unit}</p>
          <h1>{words.title}</h1>
          <p class="chair-poll">{manifest.poll.title}</p>
          <p class="chair-reader">
            {words.reader}. {words.people(convened, absent)}
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
        {several ? <p class="chair-note">{words.drawing.groups}</p> : null}
        <h2>3. {words.counting.title}</h2>
        <Counting words={words} most={convened - absent} planned={{ label: '', convened, cards }} />
        <p class="chair-note">
          {words.counting.rule} {several ? words.counting.total : ''}
        </p>
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
      {pages.map((page, i) => (
        <section class="sheet chair by-group" key={i}>
          {paper.rehearsal ? <p class="watermark">{CARDS[language].rehearsal}</p> : null}
          <header>
            <h1>{words.counting.byGroup}</h1>
            <p class="chair-poll">{manifest.poll.title}</p>
            <p class="chair-reader">
              {words.codes.manifest} {shortCode(manifest.hash)}
            </p>
          </header>
          {page.map(group => (
            <div class="group-counting" key={group.label}>
              <h2>{words.counting.of(group.label, group.convened)}</h2>
              <Counting words={words} most={group.convened} planned={group} />
            </div>
          ))}
          <p class="chair-note">{words.counting.rule}</p>
          <Signatures words={words} names={[]} />
        </section>
      ))}
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

interface CountingProps {
  readonly words: ChairWords
  readonly planned: Planned
  /** People who may come. */
  readonly most: number
}

function Counting({ words: { counting }, planned: { convened, cards }, most }: CountingProps) {
  const rows: readonly (readonly [string, string | number])[] = [
    [counting.printed, cards],
    [counting.spare, cards - convened],
    [counting.handedOut, counting.atMost(most)],
    [counting.spoilt, ''],
    [counting.sealed, ''],
  ]
  return (
    <table class="counting">
      <thead>
        <tr>
          <th>{counting.cards}</th>
          <th>{counting.planned}</th>
          <th>{counting.counted}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, number]) => (
          <tr key={label}>
            <td>{label}</td>
            <td>{number}</td>
            <td />
          </tr>
        ))}
      </tbody>
    </table>
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
