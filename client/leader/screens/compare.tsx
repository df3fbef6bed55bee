/** Other rounds beside this one, as small bars with their counts. Ordered by day and name, never by result. */
import { useMemo } from 'preact/hooks'
import { Bar } from '../../bar.tsx'
import { type Beside, equivalents, linesOf, otherTimes, wordsOfPosition } from '../compare.ts'
import { dayIn } from '../days.ts'
import { type BallotLine, calledOf, countsIn, type Subject } from '../dossier.ts'
import { linkTo } from '../route.ts'
import type { Shown } from './parts.tsx'

interface Props {
  readonly shown: Shown
  readonly subject: Subject
}

/** This round's own lines: its other subjects may hold equivalent positions too. */
const ownLines = ({ state: { view, poll }, facts }: Shown): readonly Beside[] =>
  facts.subjects.flatMap(({ name, position, lines }) =>
    lines.map(({ criterion, options, max, counts, ballots }) => ({
      poll,
      unit: view.unit,
      period: view.poll.period,
      date: view.poll.date,
      name,
      position,
      criterion,
      options,
      max,
      counts,
      ballots,
    })),
  )

export function Comparison({ shown, subject }: Props) {
  const { state, words, send } = shown
  const { view } = state
  const { compare } = words.result
  const others = useMemo(() => linesOf(view.others), [view.others])
  const all = [...others, ...ownLines(shown)]
  const typed = state.words ?? wordsOfPosition(subject.position, view.unit)
  return (
    <section class="comparison stack">
      <h2>{compare.title}</h2>
      <p class="soft small">{compare.note}</p>
      <h3>{compare.times}</h3>
      <Stated shown={shown} subject={subject} />
      <Rounds
        shown={shown}
        subject={subject}
        order={compare.timesOrder}
        none={compare.noTimes}
        find={line => otherTimes(others, subject, view.unit, line)}
      />
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
      <Rounds
        shown={shown}
        subject={subject}
        order={compare.positionsOrder}
        none={compare.noPositions}
        find={line => equivalents(all, subject, view.unit, line, typed)}
      />
    </section>
  )
}

/** What people stated of earlier years, on which findings stand too. */
function Stated({ shown: { state, words }, subject }: Props) {
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

interface RoundsProps extends Props {
  readonly order: string
  readonly none: string
  readonly find: (line: BallotLine) => readonly Beside[]
}

function Rounds({ shown, subject, order, none, find }: RoundsProps) {
  const { words } = shown
  const rows = subject.lines.map(line => ({ line, found: find(line) })).filter(({ found }) => found.length > 0)
  if (rows.length === 0) return <p class="soft small">{none}</p>
  return (
    <>
      <p class="soft small">{order}</p>
      {rows.map(({ line, found }) => (
        <section key={line.at}>
          {line.criterion === null ? null : <h4>{words.result.criterion(line.criterion)}</h4>}
          <ul class="rounds">
            {found.map(one => (
              <OneRound key={`${one.poll} ${one.name} ${one.position}`} one={one} shown={shown} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function OneRound({ one, shown: { state, words } }: { readonly one: Beside; readonly shown: Shown }) {
  const { compare } = words.result
  const when = [one.unit, one.period, dayIn(one.date, state.language)].filter(text => text !== '').join(' · ')
  const said = `${countsIn(one)} / ${compare.ballots(one.ballots)}`
  return (
    <li>
      <p>
        {one.poll === state.poll ? calledOf(one) : <a href={linkTo(one.poll, { at: 'poll' })}>{calledOf(one)}</a>}{' '}
        <span class="soft small">{when}</span>
      </p>
      {one.max > 1 ? null : <Bar counts={one.counts} of={one.ballots} lines={[]} label={`${calledOf(one)}: ${said}`} />}
      <p class="small">{said}</p>
    </li>
  )
}
