/** The review of a ballot about many, or with answers in writing. Of many it shows groups with the same mark. */
import { Note, Other } from '../../parts.tsx'
import { surveyWordsOf } from '../../words/voter/spoken.ts'
import { type SurveyWords, surveyVi } from '../../words/voter/survey-vi.ts'
import type { VoterWords } from '../../words/voter.ts'
import { isMarked, type Line } from '../lines.ts'
import type { Event, Vote } from '../screen.ts'
import { Edit, Marks, marksOf, Review } from '../screens/ballot.tsx'
import { type Props, subjectOf } from '../screens/props.ts'
import { telling } from '../telling.ts'
import { written } from '../texts.ts'
import { labelsOf } from './marks.ts'

interface Given {
  readonly vote: Vote
  readonly words: VoterWords
  readonly said: SurveyWords['reviewing']
  readonly send: (event: Event) => void
}

export function LongReview(props: Props<'reviewing'>) {
  const { screen, words, language, send } = props
  const { vote } = screen
  const { lines } = vote.poll
  const given: Given = { vote, words, said: (surveyWordsOf(language) ?? surveyVi).reviewing, send }
  return (
    <Review words={words} send={send}>
      {lines ? <Lines {...given} lines={lines} /> : <Marks {...props} />}
      {vote.texts.length > 0 ? <Texts {...given} /> : null}
    </Review>
  )
}

function Lines({ lines, ...given }: Given & { readonly lines: readonly Line[] }) {
  const { vote, said, send } = given
  const blank = lines.filter(line => !isMarked(line, vote.choices)).length
  return (
    <>
      {blank === 0 ? (
        <p>{said.full}</p>
      ) : (
        <>
          <Note tone="attention">{said.blank(blank)}</Note>
          <Other act={() => send({ type: 'list' })}>{said.see}</Other>
        </>
      )}
      <div class="sheet lines stack">
        {lines.every(({ first, end }) => end - first === 1) ? (
          <ByMark {...given} />
        ) : (
          lines.map(line => <OneLine {...given} line={line} key={line.first} />)
        )}
      </div>
    </>
  )
}

/** One group for each mark, in the order of the ballot's options; what is empty comes last. */
function ByMark({ vote, words, said, send }: Given) {
  const groups = new Map<string, number[]>()
  const orderOf = (contest: number): number => vote.choices[contest]![0] ?? Number.POSITIVE_INFINITY
  const contests = vote.choices.map((_, contest) => contest).sort((a, b) => orderOf(a) - orderOf(b) || a - b)
  for (const contest of contests) {
    const mark = labelsOf(vote, contest)
    groups.set(mark, [...(groups.get(mark) ?? []), contest])
  }
  return (
    <>
      {[...groups].map(([mark, members]) => (
        <details key={mark}>
          <summary>{said.of(mark === '' ? words.reviewing.blank : mark, members.length)}</summary>
          <ul>
            {members.map(contest => {
              const { main, beside } = subjectOf(vote.poll, contest)
              return (
                <li key={contest}>
                  <div>
                    {main}
                    {beside === '' ? null : <span class="soft small">{beside}</span>}
                  </div>
                  <Edit of={main} words={words} act={() => send({ type: 'edit', contest })} />
                </li>
              )
            })}
          </ul>
        </details>
      ))}
    </>
  )
}

/** Of a subject with several questions. */
function OneLine({ vote, words, said, send, line: { first, end } }: Given & { readonly line: Line }) {
  const { name, position } = vote.poll.paper.contests[first]!.subject
  const contests = vote.choices.map((_, contest) => contest).slice(first, end)
  const marked = contests.filter(contest => vote.choices[contest]!.length > 0).length
  return (
    <details>
      <summary>{said.of(name === '' ? position : `${name}, ${position}`, `${marked} / ${end - first}`)}</summary>
      <ul>
        {contests.map(contest => {
          const { criterion } = vote.poll.paper.contests[contest]!
          const main = criterion ?? subjectOf(vote.poll, contest).main
          return (
            <li key={contest}>
              <div>
                <span class="soft">{main}</span>
                {marksOf(vote.poll, vote.choices, contest, words.reviewing.blank)}
              </div>
              <Edit of={main} words={words} act={() => send({ type: 'edit', contest })} />
            </li>
          )
        })}
      </ul>
    </details>
  )
}

const Texts = ({ vote, words, said, send }: Given) => (
  <section class="stack">
    <h2>{said.texts}</h2>
    <ul class="sheet lines">
      {vote.poll.manifest.comments.map(({ id, title }, prompt) => {
        const text = written(vote.texts[prompt]!)
        return (
          <li key={id}>
            <div>
              <span class="soft">{title}</span>
              {text === '' ? <span class="blank">{said.nothing}</span> : <span class="text">{text}</span>}
              {telling(text).length > 0 ? <span class="small attention">{said.telling}</span> : null}
            </div>
            <Edit of={title} words={words} act={() => send({ type: 'edit-text', prompt })} />
          </li>
        )
      })}
    </ul>
  </section>
)
