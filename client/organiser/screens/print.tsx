/** Step 3: cards on paper, their secrets wiped. Cards never show on this screen; the sheets stand beside the page. */
import type { VNode } from 'preact'
import { toHex } from '../../../crypto/bytes.ts'
import type { Card } from '../../../crypto/token.ts'
import { groupsOf } from '../../../server/rules/contests.ts'
import { Code, Note } from '../../parts.tsx'
import { ChairSheet } from '../cards/chair.tsx'
import { CardSheets, sheetsFor } from '../cards/sheets.tsx'
import { absentOf } from '../draft.ts'
import { mayPrint } from '../facts.ts'
import { keptIn } from '../holding.ts'
import type { PollState, Step } from '../poll.ts'
import { Refused, type Shown, Tick, Title } from './parts.tsx'
import { Restart } from './seal.tsx'

export function PrintScreen(shown: Shown) {
  const { state, words } = shown
  const { view, facts, secrets } = state
  const { print } = words.seal
  if (view.state !== 'sealed')
    return (
      <>
        <Title title={print.title} />
        <Note tone="holds">{print.wiped}</Note>
        {view.rehearsal && secrets.at === 'there' ? <p class="soft">{print.rehearsalKept}</p> : null}
        <Chair {...shown} />
        <Restart {...shown} />
      </>
    )
  if (!mayPrint(facts))
    return (
      <>
        <Title title={print.title} />
        <Note tone="fails">{print.notYet}</Note>
        <Restart {...shown} />
      </>
    )
  return (
    <>
      <Title title={print.title} />
      {secrets.at === 'there' ? <Ready {...shown} /> : null}
      {secrets.at === 'lost' || secrets.at === 'wiped' ? (
        <Note tone="fails" title={print.lost.title}>
          {print.lost.text}
        </Note>
      ) : null}
      <Refused {...shown} of={['printed', 'restart']} />
      <Restart {...shown} />
    </>
  )
}

function Ready(shown: Shown) {
  const { state, words, send } = shown
  const { print } = words.seal
  const { form, printing, act, facts, secrets, view } = state
  const drawn = keptIn(secrets)?.cards ?? []
  const cards = drawn.length
  const byGroup = (facts.manifest?.groups ?? []).map(({ id, label }, group) => {
    const own = drawn.filter(card => card.group === group).length
    return { id, label, cards: own, sheets: sheetsFor(own) }
  })
  const sheets = byGroup.reduce((sum, group) => sum + group.sheets, 0)
  return (
    <>
      <p>{print.ready(cards, sheets)}</p>
      {byGroup.length > 1 ? (
        <>
          <ul class="rules">
            {byGroup.map(group => (
              <li key={group.id}>{print.ofGroup(group.label, group.cards, group.sheets)}</li>
            ))}
          </ul>
          <p>{print.grouped}</p>
        </>
      ) : null}
      <p class="code-line">
        {words.seal.code} <Code code={facts.manifestCode} />
      </p>
      <ol class="rules">
        {print.rules.map(rule => (
          <li key={rule}>{rule}</li>
        ))}
      </ol>
      {secrets.at === 'there' && !secrets.safe ? <Note tone="attention">{words.seal.unsafe}</Note> : null}
      <div class="acts row">
        <button
          type="button"
          class="main"
          disabled={printing !== null}
          onClick={() => send({ type: 'print', sheets: 'cards' })}
        >
          {print.act}
        </button>
        <Chair {...shown} />
      </div>
      <p>{print.scan}</p>
      <section class="question">
        <Tick
          id="printed"
          label={print.confirm(cards)}
          on={form.question === 'printed' && form.read}
          set={read => send({ type: 'form', form: { question: 'printed', read } })}
        />
        <p class="soft small">{view.rehearsal ? print.rehearsalKept : print.confirmText}</p>
        <div class="acts row">
          <button
            type="button"
            disabled={form.question !== 'printed' || !form.read || act !== null}
            onClick={() => send({ type: 'act', act: { what: 'printed' } })}
          >
            {print.done}
          </button>
        </div>
      </section>
    </>
  )
}

const Chair = ({ words, send, state }: Shown) => (
  <button type="button" disabled={state.printing !== null} onClick={() => send({ type: 'print', sheets: 'chair' })}>
    {words.seal.print.chair}
  </button>
)

/** The last sheets made: made again only for other cards, since there may be hundreds. */
let made: { readonly cards: readonly Card[]; readonly language: string; readonly sheets: VNode } | null = null

/** What goes on paper at this step: the cards, unless the chair's sheet was asked for. */
export function Sheets({ state, at }: { state: PollState; at: Step | null }) {
  const { facts, view, secrets, printing, language } = state
  const { manifest, paper } = facts
  const kept = keptIn(secrets)
  if (kept === null) made = null
  if (at !== 'print' || view === null || manifest === null || paper === null || !mayPrint(facts)) return null
  if (printing?.sheets === 'chair' || view.state !== 'sealed') {
    const { draft } = view
    const bundleHex = toHex(manifest.bundle ?? new Uint8Array())
    return (
      <ChairSheet {...{ manifest, paper, bundleHex, language }} absent={absentOf(draft)} groups={groupsOf(draft)} />
    )
  }
  if (kept === null) return null
  if (made?.cards !== kept.cards || made.language !== language) {
    const sheets = <CardSheets manifest={manifest} cards={kept.cards} address={paper.address} language={language} />
    made = { cards: kept.cards, language, sheets }
  }
  return made.sheets
}
