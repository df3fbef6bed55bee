/** The way in: opening, typing, scanning, arrived, and waiting for the box to open. */
import { Code, Main, Note, Other, Quiet } from '../../parts.tsx'
import type { VoterWords } from '../../words/voter.ts'
import { codeOf } from '../opening.ts'
import { NOTHING_TYPED, plain } from '../place.ts'
import type { Tries } from '../refusals.ts'
import type { Poll, Wrong } from '../screen.ts'
import { type Common, type Props, UNLEARNED } from './props.ts'

/** What is the matter while nothing is at stake yet. */
export const Matter = ({ tries: { trouble }, words }: { readonly tries: Tries; readonly words: VoterWords }) => (
  <div aria-live="polite">
    {trouble ? <Note tone="attention">{`${words.trouble[trouble]} ${words.nothingLost}`}</Note> : null}
  </div>
)

export const Opening = ({ screen, words }: Props<'opening'>) => (
  <>
    <h1 tabIndex={-1}>{words.opening}</h1>
    <Matter tries={screen.tries} words={words} />
    {screen.tries.trouble === 'incomplete' ? (
      <div class="acts">
        <Main act={() => location.reload()}>{words.retry}</Main>
      </div>
    ) : null}
  </>
)

export const Trying = ({ screen, words }: Props<'trying'>) => (
  <>
    <h1 tabIndex={-1}>{words.trying}</h1>
    <Matter tries={screen.tries} words={words} />
  </>
)

export const Tried = ({ words }: Common) => <h1 tabIndex={-1}>{words.tried}</h1>

// ── typing ──────────────────────────────────────────────────────────────────────────────────────────────────────

const sentenceOf = ({ typing, receipt }: VoterWords, wrong: Wrong): string => {
  if (wrong.where === 'code') return typing.wrongCheck
  if (wrong.where !== 'short') return typing.wrongGroup(wrong.where + 1)
  return wrong.unknown ? receipt.found.unknown.join(' ') : typing.wrongShort
}

/** A field for a code: nothing is corrected or remembered, and what is wrong with it stands below. */
const CodeField = ({
  id,
  value,
  label,
  wrong,
  input,
  back,
}: {
  readonly id: string
  readonly value: string
  readonly label: string
  readonly wrong: boolean
  readonly input: (field: HTMLInputElement) => void
  readonly back?: () => void
}) => (
  <input
    id={id}
    class="code"
    value={value}
    aria-label={label}
    aria-invalid={wrong}
    aria-describedby={wrong ? 'wrong' : undefined}
    autocapitalize="characters"
    {...UNLEARNED}
    onInput={event => input(event.currentTarget)}
    onKeyDown={event => {
      if (event.key === 'Backspace' && value === '') back?.()
    }}
  />
)

/** A short code, with its hyphens while it is being typed. */
export const ShortCodeField = ({
  id,
  value,
  label,
  hint,
  wrong,
  type,
}: {
  readonly id: string
  readonly value: string
  readonly label: string
  readonly hint: string
  readonly wrong: boolean
  readonly type: (text: string) => void
}) => (
  <label for={id}>
    {label}
    <span class="soft small hint">{hint}</span>
    <CodeField id={id} value={value} label={label} wrong={wrong} input={field => type(inFours(field.value))} />
  </label>
)

const inFours = (typed: string): string =>
  (
    plain(typed)
      .toUpperCase()
      .slice(0, 12)
      .match(/.{1,4}/g) ?? []
  ).join('-')

const GROUP = 5
const GROUPS = NOTHING_TYPED.groups.length

/** What is typed or pasted into one group runs over into the next ones; the caret goes with it. */
function spread(
  groups: readonly string[],
  at: number,
  text: string,
): readonly [groups: readonly string[], end: number] {
  const typed = plain(text).toUpperCase()
  if (typed.length <= GROUP)
    return [groups.map((group, i) => (i === at ? typed : group)), typed.length < GROUP ? at : at + 1]
  const parts = typed.match(/.{1,5}/g)!.slice(0, GROUPS - at)
  return [groups.map((group, i) => parts[i - at] ?? group), at + Math.floor(typed.length / GROUP)]
}

const focus = (id: string): void => document.getElementById(id)?.focus()
const groupId = (i: number): string => (i < GROUPS ? `group-${i + 1}` : 'short')

export function TypingCard({ screen, words, send, camera }: Props<'typing'>) {
  const { typed, wrong, held } = screen
  const said = words.typing
  const type = (at: number, field: HTMLInputElement): void => {
    const grew = plain(field.value).length > typed.groups[at]!.length
    const [groups, end] = spread(typed.groups, at, field.value)
    send({ type: 'type', typed: { ...typed, groups } })
    // The field shows what the state says, also where that is what it said before.
    field.value = groups[at]!
    if (grew && end !== at) focus(groupId(Math.min(end, GROUPS)))
  }
  return (
    <form
      class="fill"
      onSubmit={event => {
        event.preventDefault()
        send({ type: 'submit' })
      }}
    >
      <h1 tabIndex={-1}>{said.title}</h1>
      <p class="soft">{said.what}</p>
      <fieldset>
        <legend>{said.code}</legend>
        <div class="groups">
          {typed.groups.map((group, i) => (
            <CodeField
              key={groupId(i)}
              id={groupId(i)}
              value={group}
              label={said.group(i + 1)}
              wrong={wrong?.where === i}
              input={field => type(i, field)}
              back={() => focus(groupId(i - 1))}
            />
          ))}
        </div>
      </fieldset>
      <ShortCodeField
        id="short"
        value={typed.short}
        label={words.manifestCode}
        hint={said.hint}
        wrong={wrong?.where === 'short'}
        type={short => send({ type: 'type', typed: { ...typed, short } })}
      />
      <div id="wrong" role="alert">
        {wrong ? <Note tone="attention">{sentenceOf(words, wrong)}</Note> : null}
      </div>
      <div class="acts">
        <button type="submit" class="main">
          {words.next}
        </button>
        {camera ? <Other act={() => send({ type: 'camera' })}>{said.camera}</Other> : null}
        {held ? <Quiet act={() => send({ type: 'go-on' })}>{words.wayOn.cast}</Quiet> : null}
      </div>
    </form>
  )
}

export const Camera = ({ screen, words, send }: Props<'camera'>) => (
  <>
    <h1 tabIndex={-1}>{words.camera.title}</h1>
    <p class="soft">{words.camera.what}</p>
    {screen.blocked ? (
      <Note tone="attention">{words.camera.blocked}</Note>
    ) : (
      <video class="viewfinder" aria-label={words.camera.title} muted playsInline />
    )}
    <div class="acts">
      <Other act={() => send({ type: 'back' })}>{words.typing.title}</Other>
    </div>
  </>
)

// ── arrived ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** The poll's own words, set as the head of a ballot paper. */
export const Heading = ({ poll }: { readonly poll: Poll }) => (
  <>
    {poll.paper.unit === '' ? null : <p class="overline">{poll.paper.unit}</p>}
    <p class="question">{poll.manifest.poll.title}</p>
    {poll.paper.period === '' ? null : <p class="soft small">{poll.paper.period}</p>}
  </>
)

const ManifestCode = ({ poll, words }: { readonly poll: Poll; readonly words: VoterWords }) => (
  <p class="compare">
    <span class="soft small">{words.manifestCode}</span>
    <Code code={codeOf(poll)} />
    <span class="soft small">{words.arrived.compare}</span>
  </p>
)

export const ArrivedAt = ({ screen: { poll, card, durable }, words, send, own }: Props<'arrived'>) => (
  <>
    <section class="sheet">
      <h1 tabIndex={-1}>{words.arrived.title}</h1>
      <hr />
      <Heading poll={poll} />
      {poll.paper.basis === '' ? null : <p class="soft small">{poll.paper.basis}</p>}
      {poll.manifest.groups.length > 1 ? (
        <p>{`${words.arrived.group} ${poll.manifest.groups[card.group]!.label}`}</p>
      ) : null}
    </section>
    <p>{words.arrived.once}</p>
    {durable ? null : (
      <Note tone="attention" title={words.arrived.forgetful}>
        {words.arrived.forgetfulNow}
      </Note>
    )}
    <ManifestCode poll={poll} words={words} />
    <div class="acts">
      <Main act={() => send({ type: 'receive' })}>{words.arrived.receive}</Main>
      {own ? <Other act={() => send({ type: 'practise' })}>{words.practise}</Other> : null}
      <Quiet act={() => send({ type: 'why' })}>{words.arrived.why}</Quiet>
    </div>
  </>
)

export const OnceMore = ({ words, send }: Common) => (
  <>
    <h1 tabIndex={-1}>{words.onceMore.title}</h1>
    <p>{words.onceMore.what}</p>
    <div class="acts">
      <Main act={() => send({ type: 'go-on' })}>{words.wayOn.cast}</Main>
      <Other act={() => send({ type: 'another' })}>{words.onceMore.another}</Other>
    </div>
  </>
)

export const OtherCard = ({ words, send }: Common) => (
  <>
    <h1 tabIndex={-1}>{words.otherCard.title}</h1>
    <p>{words.otherCard.what}</p>
    <div class="acts">
      <Main act={() => send({ type: 'go-on' })}>{words.otherCard.goOn}</Main>
    </div>
  </>
)

export const Redeeming = ({ screen, words }: Props<'redeeming'>) => (
  <>
    <h1 tabIndex={-1}>{words.redeeming}</h1>
    <Matter tries={screen.tries} words={words} />
  </>
)

export const NotOpen = ({ screen, words, send }: Props<'not-open'>) => (
  <>
    <section class="sheet">
      <h1 tabIndex={-1}>{words.notOpen.title}</h1>
      <hr />
      <Heading poll={screen.poll} />
    </section>
    <p>{words.notOpen.what}</p>
    <Matter tries={screen.tries} words={words} />
    <div class="acts">
      <Main act={() => send({ type: 'retry' })} disabled={screen.hurry}>
        {screen.hurry ? words.notOpen.asking : words.retry}
      </Main>
    </div>
  </>
)
