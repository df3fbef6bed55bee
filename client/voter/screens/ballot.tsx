/** The ballot: choosing, reviewing, looking into a sealed one, casting. */
import type { ComponentChildren } from 'preact'
import type { Choices } from '../../../crypto/ballot.ts'
import type { Contest } from '../../../crypto/manifest.ts'
import type { ContestWords } from '../../../server/rules/contests.ts'
import { Mark } from '../../mark.tsx'
import { Main, Note, Other, Quiet } from '../../parts.tsx'
import type { VoterWords } from '../../words/voter.ts'
import type { Poll, Saved } from '../screen.ts'
import { Envelope } from './pictures.tsx'
import { type Props, subjectOf } from './props.ts'

/** How many to mark; and that a judgement, or an answer, may be left out. */
function ruleOf({ choosing: said }: VoterWords, { min, max }: Contest, kind: ContestWords['kind']): string {
  const marks =
    min === max
      ? [said.exactly(min)]
      : [...(min > 0 ? [said.atLeast(min)] : []), ...(max > 1 ? [said.atMost(max)] : [])]
  const blank = kind === 'choice' || kind === 'yes-no' ? said.silent : said.blank
  return [...marks, ...(min === 0 ? [blank] : [])].join(' ')
}

/** A grade's points, where it has any. */
const pointsOf = ({ points: say }: VoterWords['choosing'], points: number | null): string | null =>
  points === null ? null : say(points)

/** What is said beside something, as far as there is anything. */
const Said = ({ words }: { readonly words: readonly (string | null | undefined)[] }) => {
  const said = words.filter(Boolean).join(' · ')
  return said === '' ? null : <span class="soft small">{said}</span>
}

/** Of longer ones a bar shows how far one is. */
const SHORT = 4

/** How far the ballot is, beside the language at the top. */
export function Count({ screen: { vote, contest }, words }: Pick<Props<'choosing'>, 'screen' | 'words'>) {
  const of = vote.choices.length
  return (
    <span class="count" role="img" aria-label={words.choosing.count(contest + 1, of)}>
      {contest + 1} / {of}
    </span>
  )
}

export function Choosing({ screen: { vote, contest: at, editing, full }, words, send }: Props<'choosing'>) {
  const contest = vote.poll.manifest.contests[at]!
  const marked = vote.choices[at]!
  const paper = vote.poll.paper.contests[at]!
  const { lines } = vote.poll
  const inside = at > 0 && !lines?.some(({ first }) => first === at)
  const subject = subjectOf(vote.poll, at)
  const { name, position, selfScore, selfLevel } = paper.subject
  const about = ({ subject: one }: typeof paper) => one.name === name && one.position === position
  const isFirst = vote.poll.paper.contests.findIndex(about) === at
  const said = words.choosing
  return (
    <>
      {lines === null && vote.choices.length > SHORT ? (
        <progress value={at + 1} max={vote.choices.length} aria-hidden="true" />
      ) : null}
      <section class="sheet" aria-labelledby="subject">
        {subject.beside === '' || paper.criterion === null ? null : <p class="overline">{subject.beside}</p>}
        <h1 tabIndex={-1} id="subject">
          {subject.main}
        </h1>
        {subject.beside !== '' && paper.criterion === null ? <p class="soft">{subject.beside}</p> : null}
        {/* What the subject said of the whole stands once, beside the first question about the subject. */}
        {isFirst ? (
          <Said words={[selfScore && said.selfScore(selfScore), selfLevel && said.selfLevel(selfLevel)]} />
        ) : null}
        <p class="soft rule">{ruleOf(words, contest, paper.kind)}</p>
        <div class="options">
          {contest.options.map(({ id, label }, option) => (
            <button
              type="button"
              class="option"
              key={id}
              aria-pressed={marked.includes(option)}
              onClick={() => send({ type: 'choose', option })}
            >
              <Mark on={marked.includes(option)} />
              <span>
                {label}
                <Said words={[paper.grades[option]!.standard, pointsOf(said, paper.grades[option]!.points)]} />
              </span>
            </button>
          ))}
        </div>
      </section>
      <div role="status">{full ? <Note tone="attention">{said.full(contest.max)}</Note> : null}</div>
      <div class="acts">
        <Main act={() => send({ type: 'next' })} disabled={marked.length < contest.min}>
          {editing ? words.reviewing.title : words.next}
        </Main>
        {lines && !editing ? <Quiet act={() => send({ type: 'list' })}>{said.list}</Quiet> : null}
        {inside && !editing ? <Quiet act={() => send({ type: 'back' })}>{words.back}</Quiet> : null}
      </div>
    </>
  )
}

/** What is marked of a contest. */
export const marksOf = (poll: Poll, choices: Choices, contest: number, blank: string) => {
  const labels = choices[contest]!.map(option => poll.manifest.contests[contest]!.options[option]!.label)
  return labels.length === 0 ? <span class="blank">{blank}</span> : <strong>{labels.join(', ')}</strong>
}

const isAboutSeveral = ({ paper: { contests } }: Poll): boolean =>
  contests.some(
    ({ subject: { name, position } }) =>
      name !== contests[0]!.subject.name || position !== contests[0]!.subject.position,
  )

/** Every contest with its mark and a way to change it. */
export const Marks = ({ screen: { vote }, words, send }: Pick<Props<'reviewing'>, 'screen' | 'words' | 'send'>) => (
  <ul class="sheet lines">
    {vote.choices.map((_, contest) => {
      const { main, beside } = subjectOf(vote.poll, contest)
      const { criterion } = vote.poll.paper.contests[contest]!
      // Whom a criterion is about goes without saying where the ballot is about one.
      const about = criterion === null || isAboutSeveral(vote.poll) ? beside : ''
      return (
        <li key={vote.poll.manifest.contests[contest]!.id}>
          <div>
            <span class="soft">{about === '' ? main : `${main} · ${about}`}</span>
            {marksOf(vote.poll, vote.choices, contest, words.reviewing.blank)}
          </div>
          <Edit of={main} words={words} act={() => send({ type: 'edit', contest })} />
        </li>
      )
    })}
  </ul>
)

export const Edit = ({ of, words, act }: Pick<Props<'reviewing'>, 'words'> & { of: string; act: () => void }) => (
  <button type="button" class="quiet" aria-label={`${words.reviewing.edit}: ${of}`} onClick={act}>
    {words.reviewing.edit}
  </button>
)

/** `children`: what is on the ballot. */
export function Review({
  words,
  send,
  children,
}: Pick<Props<'reviewing'>, 'words' | 'send'> & { readonly children: ComponentChildren }) {
  const said = words.reviewing
  return (
    <>
      <h1 tabIndex={-1}>{said.title}</h1>
      {children}
      <p>{said.warning}</p>
      <div class="acts">
        <Main act={() => send({ type: 'cast' })}>{said.cast}</Main>
        <Quiet act={() => send({ type: 'check' })}>{words.checking.title}</Quiet>
      </div>
    </>
  )
}

export const Reviewing = (props: Props<'reviewing'>) => (
  <Review {...props}>
    <Marks {...props} />
  </Review>
)

/** A long text of letters and figures, in fours. */
const Fours = ({ text }: { readonly text: string }) => (
  <p class="fours">
    {text.match(/.{1,4}/g)!.map((four, i) => (
      <span key={`${i}`}>{four}</span>
    ))}
  </p>
)

export function Checking({ screen: { vote, checked, opened, copied }, words, send, own }: Props<'checking'>) {
  const said = words.checking
  return (
    <>
      <h1 tabIndex={-1}>{said.title}</h1>
      <p>{said.what}</p>
      {checked === null ? (
        <p role="status">{words.casting.sealing}</p>
      ) : (
        <>
          <section class="sheet stack">
            <h2>{said.hash}</h2>
            <Fours text={checked.hash} />
          </section>
          {opened ? null : <p>{said.first}</p>}
        </>
      )}
      {checked && opened ? (
        <section class="stack">
          <h2>{said.inside}</h2>
          <ul class="sheet lines">
            {checked.inside.map((_, contest) => (
              <li key={vote.poll.manifest.contests[contest]!.id}>
                <div>
                  <span class="soft">{subjectOf(vote.poll, contest).main}</span>
                  {marksOf(vote.poll, checked.inside, contest, words.reviewing.blank)}
                </div>
              </li>
            ))}
          </ul>
          <details>
            <summary>{said.randomness}</summary>
            <ol class="randomness small">
              {checked.randomness.map(r => (
                <li key={r}>{r}</li>
              ))}
            </ol>
          </details>
          {own ? (
            <>
              <p class="soft">{said.other}</p>
              <Other act={() => send({ type: 'save' })}>{said.copy}</Other>
              <Copied words={words} saved={copied} text={checked.text} />
            </>
          ) : null}
        </section>
      ) : null}
      <div class="acts">
        {checked && !opened ? <Main act={() => send({ type: 'open-checked' })}>{said.open}</Main> : null}
        <Other act={() => send({ type: 'back' })}>{said.away}</Other>
      </div>
    </>
  )
}

/** What became of a press on *copy*. */
export const Copied = ({
  words,
  saved,
  text,
}: {
  readonly words: VoterWords
  readonly saved: Saved
  readonly text: string
}) => (
  <div role="status" class="stack">
    {saved === null || saved === 'asking' ? null : <p>{saved === 'copied' ? words.copied : words.copyByHand}</p>}
    {saved === 'shown' ? <textarea readOnly rows={5} value={text} aria-label={words.copyByHand} /> : null}
  </div>
)

export function Casting({ screen: { sealing, done, tries }, words }: Props<'casting'>) {
  const said = words.casting
  return (
    <>
      <h1 tabIndex={-1} aria-live="polite">
        {sealing ? said.sealing : said.sending}
      </h1>
      <Envelope folding={sealing !== null} />
      {sealing && done !== null ? <progress value={done} aria-label={said.sealing} /> : null}
      <p class="soft centred">{said.what}</p>
      <div aria-live="polite">
        {tries.trouble ? <Note tone="attention">{`${words.trouble[tries.trouble]} ${words.ballotSafe}`}</Note> : null}
      </div>
    </>
  )
}
