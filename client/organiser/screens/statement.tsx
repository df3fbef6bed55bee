/** What the rules need besides the counts, stated before the box is opened: a form, and what was stated. */
import { isInForce } from '../../../server/rules/evaluate.ts'
import type { Pack } from '../../../server/rules/pack.ts'
import { dayIn } from '../../figures.ts'
import { Note } from '../../parts.tsx'
import { packsOf, quorumOf } from '../rules.ts'
import { type Broken, brokenIn, type Needs, needsOf, type Stating, statementOf, statingOf } from '../statement.ts'
import { Earlier } from './earlier.tsx'
import { DayField, NumberField, Refused, type Shown } from './parts.tsx'

/** True while the box may not be closed because of it. */
export const isMissing = ({ view }: Shown['state']): boolean => view.pack !== null && view.stated === null

/** Nothing for a poll without rules. `fixed`: members have begun to open the box. */
export function Statement(shown: Shown & { readonly fixed?: boolean }) {
  const { state, words, send, fixed } = shown
  const { view, stating, language } = state
  const packs = packsOf(view, state.packs ?? [])
  const main = packs[0]
  if (main === undefined) return null
  const needs = needsOf(packs)
  const { stated } = view
  if (stated !== null && (stating === null || fixed))
    return (
      <section class="stack">
        <h2>{words.statement.title}</h2>
        <p>
          {words.statement.summary(stated.attendance.present, stated.attendance.convened, dayIn(stated.date, language))}
        </p>
        <Quorum convened={stated.attendance.convened} present={stated.attendance.present} pack={main} shown={shown} />
        {fixed ? null : (
          <button
            type="button"
            class="quiet"
            onClick={() => send({ type: 'stating', stating: statingOf(stated, view.draft, needs, state.today) })}
          >
            {words.statement.change}
          </button>
        )}
      </section>
    )
  if (fixed) return null
  const now = stating ?? statingOf(stated, view.draft, needs, state.today)
  return <Form shown={shown} now={now} needs={needs} pack={main} />
}

interface FormProps {
  readonly shown: Shown
  readonly now: Stating
  readonly needs: Needs
  readonly pack: Pack
}

function Form({ shown, now, needs, pack }: FormProps) {
  const { state, send } = shown
  const words = shown.words.statement
  const broken = brokenIn(now, needs)
  const set = (change: Partial<Stating>) => send({ type: 'stating', stating: { ...now, ...change } })
  // A field that was not reached yet is not called wrong.
  const said = state.stating === null ? [] : broken
  return (
    <section class="question" aria-labelledby="statement">
      <h2 id="statement">{words.title}</h2>
      <p>{words.why}</p>
      <div class="line days">
        <DayField
          id="s-date"
          label={words.date}
          value={now.date}
          set={date => set({ date })}
          language={state.language}
        />
        <NumberField id="s-convened" label={words.convened} value={now.convened} set={convened => set({ convened })} />
        <NumberField id="s-present" label={words.present} value={now.present} set={present => set({ present })} />
      </div>
      {needs.members ? (
        <NumberField
          id="s-members"
          label={words.members}
          note={words.membersNote}
          value={now.members}
          set={members => set({ members })}
        />
      ) : null}
      <BrokenRules broken={said.filter(one => !('line' in one))} shown={shown} />
      {needs.earlier.length > 0 ? <Earlier shown={shown} now={now} needs={needs} broken={said} set={set} /> : null}
      {needs.levels.length > 0 ? (
        <fieldset class="stack">
          <legend class="minor">{words.classified}</legend>
          <p class="soft small">{words.classifiedNote}</p>
          {needs.levels.map(({ id, label }, i) => (
            <NumberField
              key={id}
              id={`s-level-${id}`}
              label={label}
              value={now.classified[i] ?? 0}
              set={count => set({ classified: now.classified.map((old, at) => (at === i ? count : old)) })}
            />
          ))}
        </fieldset>
      ) : null}
      {broken.length === 0 ? <Quorum convened={now.convened} present={now.present} pack={pack} shown={shown} /> : null}
      {now.date !== '' && !isInForce(pack.effective, now.date) ? (
        <Note tone="attention">{words.notInForce}</Note>
      ) : null}
      <Refused {...shown} of={['state']} />
      <div class="acts row">
        <button
          type="button"
          class="main"
          disabled={broken.length > 0 || state.act !== null}
          onClick={() => send({ type: 'act', act: { what: 'state', statement: statementOf(now, needs) } })}
        >
          {words.save}
        </button>
        {state.view.stated === null ? null : (
          <button type="button" onClick={() => send({ type: 'stating', stating: null })}>
            {words.cancel}
          </button>
        )}
      </div>
    </section>
  )
}

/** Which rules of arithmetic the numbers break. */
export const BrokenRules = ({ broken, shown }: { readonly broken: readonly Broken[]; readonly shown: Shown }) =>
  broken.length === 0 ? null : (
    <div class="broken" role="status">
      {broken.map(({ rule }) => (
        <p key={rule}>{shown.words.statement.broken[rule]}</p>
      ))}
    </div>
  )

interface QuorumProps {
  readonly convened: number
  readonly present: number
  readonly pack: Pack
  readonly shown: Shown
}

function Quorum({ convened, present, pack, shown }: QuorumProps) {
  const words = shown.words.statement
  const quorum = quorumOf({ convened }, pack)
  if (quorum === null) return null
  return present < quorum.least ? (
    <Note tone="attention">{words.quorumFails(quorum.least, convened)}</Note>
  ) : (
    <p class="soft">{words.quorumHolds(quorum.least, convened)}</p>
  )
}
