/**
 * The steps of a round on paper: sheets are printed and handed out, the box is opened and closed by a member's
 * confirmation, two members key what they counted. This page sees who has keyed and nobody's numbers.
 */
import type { VNode } from 'preact'
import { groupsOf } from '../../../server/rules/contests.ts'
import { dossierAt } from '../../api.ts'
import { Note } from '../../parts.tsx'
import type { Step } from '../poll.ts'
import { brokenIn, statementOf, statingOf } from '../statement.ts'
import { askFor, type OnPaper, VoidPaper } from './paper-parts.tsx'
import { Result } from './paper-result.tsx'
import { Asked, DayField, NumberField, Refused, type Shown, Title } from './parts.tsx'
import { MemberLink } from './seal.tsx'
import { BrokenRules, Statement } from './statement.tsx'
import { Waiting } from './vote.tsx'

export const PAPER_SCREENS: Readonly<Record<Exclude<Step, 'draft' | 'seal'>, (shown: Shown) => VNode | null>> = {
  print: shown => withTeam(shown, Print),
  vote: shown => withTeam(shown, Vote),
  open: shown => withTeam(shown, Count),
  result: shown => withTeam(shown, Result),
}

const withTeam = (shown: Shown, Screen: (shown: OnPaper) => VNode): VNode | null =>
  shown.state.view.team === null ? null : <Screen {...shown} team={shown.state.view.team} />

const Points = ({ of }: { readonly of: readonly string[] }) => (
  <ul class="rules">
    {of.map(one => (
      <li key={one}>{one}</li>
    ))}
  </ul>
)

// ── printing ────────────────────────────────────────────────────────────────────────────────────────────────────

function Print(shown: OnPaper) {
  const { state, words, send, team } = shown
  const { view, act } = state
  const { print } = words.paper
  const waits = view.state === 'printed'
  return (
    <>
      <Title title={print.title}>{waits ? <p>{print.intro}</p> : null}</Title>
      <Copies {...shown} />
      <section class="stack">
        <h2>{print.issue}</h2>
        <Points of={print.steps} />
      </section>
      <section class="stack">
        <h2>{print.members}</h2>
        <p>{print.membersWhat}</p>
        <p>{print.claims}</p>
        <Members {...shown} />
      </section>
      {waits ? (
        <>
          <Stated {...shown} />
          <Refused {...shown} of={['ask', 'withdraw', 'restart']} />
          {team.asked ? (
            <Waiting {...shown} />
          ) : (
            <div class="acts">
              <button
                type="button"
                class="main"
                disabled={act !== null || placesTaken(team) < 2}
                onClick={() => askFor(shown, 'open')}
              >
                {print.ask}
              </button>
            </div>
          )}
          <Asked
            shown={shown}
            question="restart"
            opener={print.restart.open}
            title={print.restart.title}
            text={print.restart.text}
            act={print.restart.act}
            typed="title"
            press={() => send({ type: 'act', act: { what: 'restart', sealAgain: false } })}
          />
          {team.asked ? null : <VoidPaper {...shown} />}
        </>
      ) : null}
    </>
  )
}

const placesTaken = ({ paper }: OnPaper['team']): number => paper?.claimed.filter(taken => taken).length ?? 0

/** How many sheets, and the sheet itself as it will leave the printer. */
function Copies({ state: { view }, words }: Shown) {
  const { print } = words.paper
  const copies = groupsOf(view.draft).reduce((sum, { cards }) => sum + cards, 0)
  return (
    <section class="question">
      <h2>{print.copies(copies)}</h2>
      <p>{print.sum(view.draft.convened, copies - view.draft.convened)}</p>
      <div class="acts row">
        <a class="button" href={`/van-ban#${view.poll}/ballot?profile=state`} target="_blank" rel="noopener noreferrer">
          {print.open}
        </a>
        <a class="button" href={dossierAt(view.poll, '/forms/ballot/docx?profile=state')} download>
          {print.docx}
        </a>
      </div>
    </section>
  )
}

function Members({ state: { view }, words, team }: OnPaper) {
  return (
    <ol class="members">
      {team.names.map((name, i) => {
        const here = team.present[i] === true
        const taken = team.paper?.claimed[i] === true
        return (
          <li key={name}>
            <div class="member">
              <strong>{name}</strong>
              <span class={taken ? 'mark holds' : 'mark'}>
                {taken ? words.paper.print.claimed : words.paper.print.unclaimed}
              </span>
              <span class={here ? 'mark holds' : 'mark'}>{here ? words.seal.here : words.seal.away}</span>
            </div>
            <MemberLink view={view} i={i} name={name} words={words} open={false} />
          </li>
        )
      })}
    </ol>
  )
}

// ── voting ──────────────────────────────────────────────────────────────────────────────────────────────────────

function Vote(shown: OnPaper) {
  const { state, words, team } = shown
  const { vote } = words.paper
  const now = state.view.state === 'open' && team.paper?.counting === false
  return (
    <>
      <Title title={vote.title}>{now ? <p>{vote.intro}</p> : null}</Title>
      <section class="stack">
        <h2>{vote.collect}</h2>
        <Points of={vote.steps} />
      </section>
      {now ? (
        <>
          <Stated {...shown} />
          <Refused {...shown} of={['ask', 'withdraw']} />
          <Waiting {...shown} />
          {team.asked ? null : <Close {...shown} />}
          {team.asked ? null : <VoidPaper {...shown} />}
        </>
      ) : null}
    </>
  )
}

function Close(shown: Shown) {
  const { state, words } = shown
  const { close } = words.paper.vote
  if (state.view.stated === null)
    return (
      <Note tone="attention" title={words.statement.missing.title}>
        {words.statement.missing.text}
      </Note>
    )
  return (
    <Asked
      shown={shown}
      question="close"
      opener={close.open}
      title={close.title}
      text={close.text}
      act={close.act}
      typed="title"
      press={() => askFor(shown, 'close')}
    />
  )
}

// ── what is stated ──────────────────────────────────────────────────────────────────────────────────────────────

/** For the rules; without any, who came, for the minutes. Fixed once the box is closed. */
function Stated(shown: OnPaper) {
  const { state, team, words } = shown
  const fixed = team.paper?.counting === true
  if (fixed) return <p class="soft small">{words.paper.count.fixed}</p>
  return state.view.pack === null ? <Attendance {...shown} /> : <Statement {...shown} />
}

const NO_NEEDS = { members: false, earlier: [], levels: [] } as const

function Attendance(shown: Shown) {
  const { state, words, send } = shown
  const { view, stating, language } = state
  const { attendance } = words.paper
  const { stated } = view
  const now = stating ?? statingOf(stated, view.draft, NO_NEEDS, state.today)
  const set = (change: Partial<typeof now>) => send({ type: 'stating', stating: { ...now, ...change } })
  if (stated !== null && stating === null)
    return (
      <section class="stack">
        <h2>{attendance.title}</h2>
        <p>{attendance.summary(stated.attendance.present, stated.attendance.convened)}</p>
        <button type="button" class="quiet" onClick={() => set({})}>
          {words.statement.change}
        </button>
      </section>
    )
  const broken = brokenIn(now, NO_NEEDS)
  return (
    <section class="question" aria-labelledby="attendance">
      <h2 id="attendance">{attendance.title}</h2>
      <p>{attendance.why}</p>
      <div class="line days">
        <DayField
          id="s-date"
          label={words.statement.date}
          value={now.date}
          set={date => set({ date })}
          language={language}
        />
        <NumberField
          id="s-convened"
          label={words.statement.convened}
          value={now.convened}
          set={convened => set({ convened })}
        />
        <NumberField
          id="s-present"
          label={words.statement.present}
          value={now.present}
          set={present => set({ present })}
        />
      </div>
      <BrokenRules broken={stating === null ? [] : broken} shown={shown} />
      <Refused {...shown} of={['state']} />
      <div class="acts row">
        <button
          type="button"
          class="main"
          disabled={broken.length > 0 || state.act !== null}
          onClick={() => send({ type: 'act', act: { what: 'state', statement: statementOf(now, NO_NEEDS) } })}
        >
          {words.statement.save}
        </button>
      </div>
    </section>
  )
}

// ── counting ─────────────────────────────────────────────────────────────────────────────────────

function Count(shown: OnPaper) {
  const { words, team, state } = shown
  const { count } = words.paper
  const keyed = team.paper?.keyed ?? []
  const now = state.view.state === 'open'
  return (
    <>
      <Title title={count.title}>{now ? <p>{count.intro}</p> : null}</Title>
      <Points of={count.rules} />
      {now ? (
        <>
          <section class="stack">
            <h2>{count.progress}</h2>
            <p role="status">{count.keyedBy(keyed.filter(one => one).length)}</p>
            <table class="signed">
              <tbody>
                {team.names.map((name, i) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td class={keyed[i] ? 'mark holds' : 'soft'}>{keyed[i] ? count.keyed : count.notKeyed}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p class="soft small">{count.blind}</p>
          </section>
          <Members {...shown} />
          <Stated {...shown} />
          <Refused {...shown} of={['ask', 'withdraw']} />
          {team.asked ? <Waiting {...shown} /> : <VoidPaper {...shown} />}
        </>
      ) : null}
    </>
  )
}
