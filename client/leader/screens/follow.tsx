/** What followed: proposal, decision, plan, progress, complaints, and the history in which nothing is ever changed. */
import { namesIn } from '../../findings.tsx'
import { isBlocked } from '../../judged.ts'
import { calledOf } from '../../lines.ts'
import { Note } from '../../parts.tsx'
import { sentenceOf } from '../../words/rules.ts'
import { dayIn } from '../days.ts'
import type { Subject } from '../dossier.ts'
import { newEntry } from '../entry.ts'
import { fileOf, type Plan } from '../follow.ts'
import { may } from '../may.ts'
import { Add, type FileProps, Section } from './chapter.tsx'
import { Complaints, Keeping } from './complaints.tsx'
import { EntryEditor } from './entry.tsx'
import { Done, Refused, type Shown } from './parts.tsx'
import { StageOf, Tabs } from './stage.tsx'
import { DecisionEntry, Written } from './written.tsx'

export function FollowScreen(shown: Shown) {
  const { state, facts, words } = shown
  const subject = facts.subjects[state.part.at === 'follow' ? state.part.subject : 0]
  if (subject === undefined || facts.counted === null) return <p>{words.result.notCounted}</p>
  const file = fileOf(state.view.entries, subject.index, state.today)
  const props = { shown, file, subject: subject.index }
  return (
    <>
      <Tabs shown={shown} subject={subject} />
      <header class="part-title">
        <p class="overline">{facts.title}</p>
        <h1>{words.follow.title}</h1>
        <p>{calledOf(subject)}</p>
        <p>
          {words.result.next.stage}: <StageOf file={file} shown={shown} />.
        </p>
      </header>
      <Proposal shown={shown} subject={subject} />
      <Decisions {...props} />
      <Plans {...props} />
      <Complaints {...props} />
      <Keeping {...props} />
      <History {...props} />
    </>
  )
}

export function WholeScreen(shown: Shown) {
  const { state, facts, words } = shown
  const props = { shown, file: fileOf(state.view.entries, null, state.today), subject: null }
  return (
    <>
      <header class="part-title">
        <p class="overline">{facts.title}</p>
        <h1>{words.follow.whole}</h1>
        <p class="soft">{words.follow.wholeNote}</p>
      </header>
      {facts.subjects.length > 0 ? null : (
        <>
          <Decisions {...props} />
          <Plans {...props} />
        </>
      )}
      <Complaints {...props} />
      <Keeping {...props} />
      <History {...props} />
    </>
  )
}

// ── 1 proposal ──────────────────────────────────────────────────────────────────────────────────────────────────

function Proposal({ shown, subject }: { readonly shown: Shown; readonly subject: Subject }) {
  const { facts, words, state } = shown
  const { proposal } = words.follow
  const { judged } = facts
  const found = (judged?.outcome.packs ?? []).flatMap(said =>
    said.blocked !== null
      ? []
      : subject.lines
          .flatMap(({ at }) => said.subjects[at]?.findings ?? [])
          .filter(({ band, consequence, kind }) => band !== null && (consequence !== null || kind === 'proposal'))
          .map(finding => sentenceOf(finding, namesIn(judged!, said), state.language)),
  )
  return (
    <Section title={proposal.title}>
      {judged !== null && isBlocked(judged) ? (
        <p>{proposal.blocked}</p>
      ) : found.length === 0 ? (
        <p>{proposal.none}</p>
      ) : (
        <ul class="proposals">
          {found.map(sentence => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </Section>
  )
}

// ── 2 decision ──────────────────────────────────────────────────────────────────────────────────────────────────

function Decisions({ shown, file, subject }: FileProps) {
  const { decision } = shown.words.follow
  return (
    <Section title={decision.title}>
      <p class="soft small">{decision.rule}</p>
      {file.decisions.length === 0 ? <p>{decision.none}</p> : null}
      {file.decisions.map(entry => (
        <DecisionEntry key={entry.n} entry={entry} shown={shown} />
      ))}
      <Refused {...shown} of="confirm" />
      <Done state={shown.state} of="confirm">
        {shown.words.follow.confirmed}
      </Done>
      <Add shown={shown} subject={subject} kinds={['decision', 'closed']} />
    </Section>
  )
}

// ── 3 plan and progress ─────────────────────────────────────────────────────────────────────────────────────────

function Plans({ shown, file, subject }: FileProps) {
  const { plan } = shown.words.follow
  return (
    <Section title={plan.title}>
      {file.plans.length === 0 ? <p>{plan.none}</p> : null}
      {file.plans.map(one => (
        <OnePlan key={one.entry.n} plan={one} shown={shown} />
      ))}
      <Add shown={shown} subject={subject} kinds={['plan']} />
    </Section>
  )
}

function OnePlan({ plan: { entry, measures }, shown }: { readonly plan: Plan; readonly shown: Shown }) {
  const { state, words, send } = shown
  const { plan } = words.follow
  const writes = may(state.view.role, 'write')
  const open = state.entry
  return (
    <article class="plan">
      <p>
        <strong>{plan.limits}:</strong> {entry.body.limits}
      </p>
      <ol class="measures">
        {measures.map(measure => {
          const { index, text, deadline, who, progress, done, overdue } = measure
          const typing = open?.kind === 'progress' && open.about === entry.n && open.measure === index
          return (
            <li key={index}>
              <p>{text}</p>
              <p class="small">
                {plan.deadline}: {dayIn(deadline, state.language)} · {plan.who}: {who} ·{' '}
                <strong class={overdue ? 'overdue' : ''}>{done ? plan.done : overdue ? plan.overdue : plan.due}</strong>
              </p>
              {progress.length === 0 ? null : (
                <ul class="small">
                  {progress.map(one => (
                    <li key={one.n}>
                      {dayIn(one.body.date, state.language)}: {one.body.text}
                    </li>
                  ))}
                </ul>
              )}
              {typing ? <EntryEditor shown={shown} form={open} /> : null}
              {writes && !done && !typing ? (
                <button
                  type="button"
                  class="small-button"
                  aria-label={plan.progressOf(text)}
                  onClick={() =>
                    send({
                      type: 'entry',
                      entry: newEntry('progress', entry.body.subject, state.today, { about: entry.n, measure: index }),
                    })
                  }
                >
                  {plan.progress}
                </button>
              ) : null}
            </li>
          )
        })}
      </ol>
    </article>
  )
}

// ── 4 history ───────────────────────────────────────────────────────────────────────────────────────────────────

function History({ shown, file }: FileProps) {
  const { state, words } = shown
  const { history } = words.follow
  return (
    <Section title={history.title}>
      <Done state={state} of="entry">
        <Note tone="holds">{words.follow.saved}</Note>
      </Done>
      <p class="soft small">{file.history.length === 0 ? history.none : history.note}</p>
      <ol class="history">
        {file.history.map(entry => (
          <li key={entry.n} value={entry.n}>
            <Written entry={entry} shown={shown} />
          </li>
        ))}
      </ol>
    </Section>
  )
}
