/** A round on paper, at a member's page: waiting, confirming, what the two who counted said, and the count. */
import type { VNode } from 'preact'
import { type Difference, invalidIn, numberAt, validIn } from '../../server/rules/keying.ts'
import type { PaperView } from '../../server/wire/paper.ts'
import { Main, Note } from '../parts.tsx'
import type { Language } from '../words/language.ts'
import { type PaperWords, TRUSTEE_PAPER } from '../words/trustee-paper.ts'
import { Keying } from './paper-keying.tsx'
import { Act, Acts, Facts, namesOf, type On, Points, Title } from './screens/parts.tsx'

export type OnPaper = On<'paper'> & { readonly paper: PaperWords }

export function Paper(on: On<'paper'> & { readonly language: Language }): VNode {
  const { show, screen, language } = on
  const paper = TRUSTEE_PAPER[language]
  if (screen.desk.on === 'keying') return <Keying {...on} paper={paper} form={screen.desk.form} />
  switch (show.part) {
    case 'elsewhere':
      return <Elsewhere {...on} paper={paper} />
    case 'ready':
    case 'open':
      return <Wait {...on} paper={paper} part={show.part} />
    case 'asked':
      return <Asked {...on} paper={paper} />
    case 'keying':
      return <Count {...on} paper={paper} />
    case 'keyed':
      return show.paper.differences.length === 0 ? <Sent {...on} paper={paper} /> : <Differ {...on} paper={paper} />
    case 'counted':
      return <Counted {...on} paper={paper} />
  }
}

function Wait(on: OnPaper & { readonly part: 'ready' | 'open' }) {
  const { paper, screen, part } = on
  const { title, what, points, wait } = paper[part]
  const { view } = screen
  return (
    <>
      <Title>{title}</Title>
      <p class="soft">
        {view.title}
        <br />
        {view.unit}
      </p>
      {part === 'ready' ? (
        <div>
          <p class="overline">{paper.ready.you}</p>
          <h2>{view.names[view.index - 1]}</h2>
        </div>
      ) : null}
      <p>{what}</p>
      {screen.warnings.map(warning => (
        <Note key={warning} tone="attention">
          {paper.keepsPlace}
        </Note>
      ))}
      <Points of={points} />
      {part === 'ready' ? <Places {...on} /> : null}
      <p class="soft">{wait}</p>
      <Acts {...on} />
    </>
  )
}

/** Whoever reads this says so aloud: somebody else's phone has the place. */
function Elsewhere(on: OnPaper) {
  const { paper, words, screen } = on
  const { view } = screen
  return (
    <>
      <Title>{words.elsewhere.title}</Title>
      <p>{paper.elsewhere.what(view.names[view.index - 1] ?? '')}</p>
      <Note tone="attention">{paper.elsewhere.now}</Note>
      <Acts {...on} />
    </>
  )
}

function Asked(on: OnPaper) {
  const { paper, words, screen } = on
  const { asked } = screen.view
  if (asked === null) return null
  const { title, what, before } = paper.asked[asked.action]
  return (
    <>
      <Title>{title}</Title>
      <p class="soft">{screen.view.title}</p>
      <p>{what}</p>
      {asked.reason ? (
        <Note title={words.reason}>
          <p>{asked.reason}</p>
        </Note>
      ) : null}
      {before.length > 0 ? (
        <>
          <h2>{paper.before}</h2>
          <Points of={before} />
        </>
      ) : null}
      <p class="soft small">{words.disagree}</p>
      <Acts {...on}>
        <Act {...on} press={{ press: 'act', action: asked.action, handedOut: [] }}>
          {paper.confirm}
        </Act>
      </Acts>
    </>
  )
}

// ── counting ────────────────────────────────────────────────────────────────────────────────────────────────────

interface RosterProps {
  readonly title: string
  readonly names: readonly string[]
  readonly done: readonly boolean[]
  readonly says: readonly [has: string, hasNot: string]
}

const Roster = ({ title, names, done, says: [has, hasNot] }: RosterProps) => (
  <section class="stack">
    <h2>{title}</h2>
    <ul class="roster">
      {names.map((name, i) => (
        <li key={name} class={done[i] ? 'done' : 'waited'}>
          <span>{name}</span>
          <span>{done[i] ? has : hasNot}</span>
        </li>
      ))}
    </ul>
  </section>
)

/** Who has keyed, by name; nobody's numbers. */
const Keyed = ({ screen, show, paper: { keying } }: OnPaper) => (
  <Roster title={keying.keyed} names={screen.view.names} done={show.paper.keyed} says={[keying.has, keying.hasNot]} />
)

/** Whose phone is there, so that the room can ask whether it is the right one. */
const Places = ({ screen, show, paper: { places } }: OnPaper) => (
  <Roster title={places.title} names={screen.view.names} done={show.paper.claimed} says={[places.taken, places.free]} />
)

const Begin = (on: OnPaper & { readonly children: string }) => (
  <Main act={() => on.send({ type: 'press', press: { press: 'key' } })} disabled={on.screen.doing !== null}>
    {on.children}
  </Main>
)

function Count(on: OnPaper) {
  const { paper } = on
  return (
    <>
      <Title>{paper.keying.title}</Title>
      <p>{paper.keying.what}</p>
      <Points of={paper.keying.points} />
      <Keyed {...on} />
      <Acts {...on}>
        <Begin {...on}>{paper.keying.begin}</Begin>
      </Acts>
    </>
  )
}

function Sent(on: OnPaper) {
  const { paper } = on
  return (
    <>
      <Title>{paper.keyed.waiting}</Title>
      <p>{paper.keyed.waitingWhat}</p>
      <Keyed {...on} />
      <Acts {...on}>
        <Begin {...on}>{paper.keyed.again}</Begin>
      </Acts>
    </>
  )
}

/** Where, in words: the line with its option, or which number of sheets. */
function placeOf({ contests }: PaperView, paper: PaperWords, { line, what }: Difference): readonly [string, string] {
  if (line === null) {
    const field = String(what)
    if (field.startsWith('invalid/')) return ['', paper.invalidBecause(field.slice('invalid/'.length))]
    return ['', paper.sheets.fields[field as keyof PaperWords['sheets']['fields']]]
  }
  const { title, options } = contests[line]!
  const option = typeof what === 'number' ? options[what]!.label : paper.emptyShort
  return [title, paper.keyed.place(line + 1, option)]
}

function Differ(on: OnPaper) {
  const { paper, show, screen } = on
  const { names } = screen.view
  const { mine } = show.paper
  return (
    <>
      <Title>{paper.keyed.differ}</Title>
      <p>{paper.keyed.differWhat}</p>
      {show.paper.differences.map(({ with: other, differences }) => (
        <section key={other} class="stack">
          <h2>{paper.keyed.with(names[other - 1] ?? '')}</h2>
          <p>{paper.keyed.places(differences.length)}</p>
          <table class="figures differences">
            <thead>
              <tr>
                <th scope="col">{paper.keyed.what}</th>
                <th scope="col">{paper.keyed.mine}</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(one => {
                const [line, what] = placeOf(show.paper, paper, one)
                return (
                  <tr key={`${one.line}/${one.what}`}>
                    <th scope="row">
                      {line === '' ? null : <span class="soft small">{line}</span>}
                      <span>{what}</span>
                    </th>
                    <td>{mine === null ? '' : numberAt(mine, one)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>
      ))}
      <Keyed {...on} />
      <Acts {...on}>
        <Begin {...on}>{paper.keyed.again}</Begin>
      </Acts>
    </>
  )
}

// ── counted ─────────────────────────────────────────────────────────────────────────────────────────────────────

function Counted(on: OnPaper) {
  const { paper, show, screen } = on
  const { contests, count } = show.paper
  if (count === null) return null
  const { fields } = paper.sheets
  const unused = count.printed - count.issued - count.exchanged
  return (
    <>
      <Title>{paper.counted.title}</Title>
      <p class="soft">{screen.view.title}</p>
      <Note tone="holds">{paper.counted.agreed(namesOf(screen.view, count.keyedBy))}</Note>
      <h2>{paper.counted.sheets}</h2>
      <Facts
        of={[
          [fields.printed, count.printed],
          [fields.issued, count.issued],
          [fields.exchanged, count.exchanged],
          [paper.counted.unused, unused],
          [fields.collected, count.collected],
          [paper.counted.valid, validIn(count)],
          [paper.counted.invalid, invalidIn(count)],
          ...count.invalid.map(({ reason, count: n }) => [paper.invalidBecause(reason), n] as const),
        ]}
      />
      {contests.map(({ id, title, options }, at) => (
        <table key={id} class="figures">
          <caption>{title}</caption>
          <tbody>
            {options.map(({ id: option, label }, o) => (
              <tr key={option}>
                <th scope="row">{label}</th>
                <td>{count.lines[at]!.counts[o]}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{paper.line.empty}</th>
              <td>{count.lines[at]!.empty}</td>
            </tr>
          </tbody>
        </table>
      ))}
      <p>{paper.counted.next}</p>
      <Acts {...on} />
    </>
  )
}
