/** Other rounds beside this one, with their exact counts. Ordered by day and name, never by result. */
import type { ComponentChildren } from 'preact'
import { asksTheSame, changeOf } from '../../../server/rules/earlier.ts'
import type { Line } from '../../../server/rules/scores.ts'
import { Bar } from '../../bar.tsx'
import { calledOf, runsOf, sameScale, titleOf } from '../../lines.ts'
import { ChoiceTable, type Rows, ScaleTable } from '../../scales.tsx'
import { type Beside, type ComingBack, equivalents, otherTimes, wordsOfPosition } from '../compare.ts'
import { dayIn } from '../days.ts'
import { countsIn, type Subject } from '../dossier.ts'
import { linkTo } from '../route.ts'
import { AgainMark } from './again.tsx'
import type { Shown } from './parts.tsx'

interface Props {
  readonly shown: Shown
  readonly lines: readonly Line[]
  /** Null: a survey. */
  readonly whom: Subject | null
  readonly others: readonly Beside[]
}

/** What people stated of earlier years, on which findings stand too. */
export function Stated({ shown: { state, words }, subject }: { readonly shown: Shown; readonly subject: Subject }) {
  const years = state.view.stated?.histories[subject.index] ?? []
  const { compare } = words.result
  if (years.length === 0) return null
  const said = (entry: (typeof years)[number]): string =>
    'quality' in entry ? qualityIn(words.qualities, entry.quality) : compare.share(entry.low, entry.of)
  return (
    <div>
      <p class="soft small">{compare.stated}</p>
      <ul class="years">
        {years.map(entry => (
          <li key={JSON.stringify(entry)}>
            {entry.year}: {said(entry)}
          </li>
        ))}
      </ul>
    </div>
  )
}

const qualityIn = (names: Readonly<Record<string, string>>, level: string): string => names[level] ?? level

// ── the same at other times ─────────────────────────────────────────────────────────────────────────────────────

interface TimesProps extends Props {
  readonly again: readonly ComingBack[]
  readonly children?: ComponentChildren
}

/** Each line in this round and in others that asked the same, oldest first, with what went up or down. */
export function OtherTimes({ shown, lines, whom, others, again, children }: TimesProps) {
  const { state, words } = shown
  const { compare } = words.result
  const rows = lines
    .map(line => ({ line, times: otherTimes(others, whom, state.view.unit, line) }))
    .filter(({ times }) => times.length > 0)
  const timesOf = (line: Line) => rows.find(row => row.line === line)?.times ?? []
  return (
    <>
      <h3>{whom === null ? compare.times.survey : compare.times.subject}</h3>
      {children}
      {rows.length === 0 ? <p class="soft small">{compare.noTimes}</p> : <p class="soft small">{compare.timesOrder}</p>}
      {runsOf(
        rows.map(({ line }) => line),
        (a, b) => a.max === 1 && b.max === 1 && a.kind === b.kind && sameScale(a, b),
      ).map(run => {
        const of = run.map(line => trendOf(line, timesOf(line), again, shown))
        const [first] = run
        return first!.max > 1 ? (
          <ChoiceTable
            key={first!.at}
            caption={titleOf(first!)}
            options={first!.options}
            rows={of[0]!.rows}
            language={state.language}
          />
        ) : (
          <ScaleTable key={first!.at} caption={compare.title} scale={first!} of={of} language={state.language} />
        )
      })}
    </>
  )
}

const whenOf = ({ unit, period, date }: Beside, { state }: Shown): string =>
  [...(unit === state.view.unit ? [] : [unit]), period, dayIn(date, state.language)]
    .filter(text => text !== '')
    .join(' · ')

function trendOf(line: Line, times: readonly Beside[], again: readonly ComingBack[], shown: Shown): Rows {
  const { state, words } = shown
  const { compare } = words.result
  const date = state.view.stated?.date ?? state.view.poll.date
  const earlier = times.filter(one => date === '' || one.date < date)
  const later = times.filter(one => !earlier.includes(one))
  const row = (one: Beside) => ({
    key: one.poll,
    label: <a href={linkTo(one.poll, { at: 'poll' })}>{whenOf(one, shown)}</a>,
    // Grades that were worth something else have another mean.
    score: one.line.score && { ...one.line.score, mean: sameScale(line, one.line) ? one.line.score.mean : null },
  })
  const now = {
    key: state.poll,
    label: [compare.now, changed(line, earlier, shown)].filter(text => text !== '').join(' · '),
    score: line.score,
    strong: true,
  }
  return {
    key: String(line.at),
    title: (
      <>
        {line.criterion ?? words.results.whole}
        {again.some(one => one.line === line) ? <AgainMark words={words} /> : null}
      </>
    ),
    rows: [...earlier.map(row), now, ...later.map(row)].flatMap(({ score, ...one }) =>
      score === null ? [] : [{ ...one, score }],
    ),
  }
}

/** Against the latest round before that asked the same. */
function changed(line: Line, earlier: readonly Beside[], { words }: Shown): string {
  const { compare } = words.result
  const [last] = earlier.filter(one => asksTheSame(one.line, line)).reverse()
  const change = last === undefined ? null : changeOf(line, last.line)
  if (change === null) return ''
  if (change.mean !== null) return compare.mean[`${change.mean.order}`]
  return compare.lowest[`${change.lowest.order}`](line.options[line.options.length - 1]!.label)
}

// ── equivalent positions ────────────────────────────────────────────────────────────────────────────────────────

/** This round's own lines: its other subjects may hold equivalent positions too. */
const ownLines = ({ state: { view, poll }, facts }: Shown): readonly Beside[] =>
  facts.lines.map(line => ({ poll, unit: view.unit, period: view.poll.period, date: view.poll.date, line }))

export function Equivalents({ shown, lines, whom, others }: Props & { readonly whom: Subject }) {
  const { state, words, send } = shown
  const { compare } = words.result
  const { unit } = state.view
  const all = [...others, ...ownLines(shown)]
  const typed = state.words ?? wordsOfPosition(whom.position, unit)
  const rows = lines
    .map(line => ({ line, found: equivalents(all, whom, unit, line, typed) }))
    .filter(({ found }) => found.length > 0)
  return (
    <>
      <h3>{compare.positions}</h3>
      <div class="field not-printed">
        <label for="position-words">{compare.words}</label>
        <input
          id="position-words"
          value={typed}
          autocomplete="off"
          onInput={event => send({ type: 'words', words: event.currentTarget.value })}
        />
      </div>
      <p class="soft small">{rows.length === 0 ? compare.noPositions : compare.positionsOrder}</p>
      {rows.map(({ line, found }) => (
        <section key={line.at}>
          {line.criterion === null ? null : <h4>{line.criterion}</h4>}
          <Rounds found={found} shown={shown} />
        </section>
      ))}
    </>
  )
}

const Rounds = ({ found, shown }: { readonly found: readonly Beside[]; readonly shown: Shown }) => (
  <ul class="rounds">
    {found.map(one => (
      <OneRound key={`${one.poll} ${one.line.at}`} one={one} shown={shown} />
    ))}
  </ul>
)

function OneRound({ one, shown: { state, words } }: { readonly one: Beside; readonly shown: Shown }) {
  const { compare } = words.result
  const { subject, score, max } = one.line
  if (score === null) return null
  const when = [one.unit, one.period, dayIn(one.date, state.language)].filter(text => text !== '').join(' · ')
  const said = `${countsIn(one.line)} / ${compare.ballots(score.ballots)}`
  const called = subject === null ? when : calledOf(subject)
  return (
    <li>
      <p>
        {one.poll === state.poll ? called : <a href={linkTo(one.poll, { at: 'poll' })}>{called}</a>}{' '}
        {subject === null ? null : <span class="soft small">{when}</span>}
      </p>
      {max > 1 ? null : <Bar counts={score.counts} of={score.ballots} label={`${called}: ${said}`} />}
      <p class="small">{said}</p>
    </li>
  )
}
