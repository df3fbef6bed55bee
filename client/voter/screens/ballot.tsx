/** The ballot: choosing, reviewing, looking into a sealed one, casting. */
import type { Choices } from '../../../crypto/ballot.ts'
import { Mark } from '../../mark.tsx'
import { Main, Note, Other, Quiet } from '../../parts.tsx'
import type { VoterWords } from '../../words/voter.ts'
import type { Poll, Saved } from '../screen.ts'
import { Envelope } from './pictures.tsx'
import { type Props, subjectOf } from './props.ts'

function ruleOf({ choosing: said }: VoterWords, { min, max }: { readonly min: number; readonly max: number }): string {
  const marks =
    min === max
      ? [said.exactly(min)]
      : [...(min > 0 ? [said.atLeast(min)] : []), ...(max > 1 ? [said.atMost(max)] : [])]
  return [...marks, ...(min === 0 ? [said.blank] : [])].join(' ')
}

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
  const subject = subjectOf(vote.poll, at)
  const said = words.choosing
  return (
    <>
      <section class="sheet" aria-labelledby="subject">
        {subject.beside === '' || vote.poll.paper.contests[at]!.criterion === null ? null : (
          <p class="overline">{subject.beside}</p>
        )}
        <h1 tabIndex={-1} id="subject">
          {subject.main}
        </h1>
        {subject.beside !== '' && vote.poll.paper.contests[at]!.criterion === null ? (
          <p class="soft">{subject.beside}</p>
        ) : null}
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
              <span>{label}</span>
            </button>
          ))}
        </div>
      </section>
      <p class="soft">{ruleOf(words, contest)}</p>
      <div role="status">{full ? <Note tone="attention">{said.full(contest.max)}</Note> : null}</div>
      <div class="acts">
        <Main act={() => send({ type: 'next' })} disabled={marked.length < contest.min}>
          {editing ? words.reviewing.title : words.next}
        </Main>
        {at > 0 && !editing ? <Quiet act={() => send({ type: 'back' })}>{words.back}</Quiet> : null}
      </div>
    </>
  )
}

/** What is marked, contest by contest. */
const marksOf = (poll: Poll, choices: Choices, contest: number, blank: string) => {
  const labels = choices[contest]!.map(option => poll.manifest.contests[contest]!.options[option]!.label)
  return labels.length === 0 ? <span class="blank">{blank}</span> : <strong>{labels.join(', ')}</strong>
}

export function Reviewing({ screen: { vote }, words, send }: Props<'reviewing'>) {
  const said = words.reviewing
  return (
    <>
      <h1 tabIndex={-1}>{said.title}</h1>
      <ul class="sheet lines">
        {vote.choices.map((_, contest) => {
          const { main, beside } = subjectOf(vote.poll, contest)
          return (
            <li key={vote.poll.manifest.contests[contest]!.id}>
              <div>
                <span class="soft">{beside === '' ? main : `${main} · ${beside}`}</span>
                {marksOf(vote.poll, vote.choices, contest, said.blank)}
              </div>
              <button
                type="button"
                class="quiet"
                aria-label={`${said.edit}: ${main}`}
                onClick={() => send({ type: 'edit', contest })}
              >
                {said.edit}
              </button>
            </li>
          )
        })}
      </ul>
      <p>{said.warning}</p>
      <div class="acts">
        <Main act={() => send({ type: 'cast' })}>{said.cast}</Main>
        <Quiet act={() => send({ type: 'check' })}>{words.checking.title}</Quiet>
      </div>
    </>
  )
}

/** A long text of letters and figures, in fours. */
const Fours = ({ text }: { readonly text: string }) => (
  <p class="fours">
    {text.match(/.{1,4}/g)!.map((four, i) => (
      <span key={`${i}`}>{four}</span>
    ))}
  </p>
)

export function Checking({ screen: { vote, checked, opened, copied }, words, send }: Props<'checking'>) {
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
          <p class="soft">{said.other}</p>
          <Other act={() => send({ type: 'save' })}>{said.copy}</Other>
          <Copied words={words} saved={copied} text={checked.text} />
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
