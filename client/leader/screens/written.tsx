/** Entries as they were written down: who wrote them, who confirmed them. */
import type { EntryView } from '../../../server/wire/leader.ts'
import { dayIn } from '../days.ts'
import type { Entry } from '../follow.ts'
import { Asked, type Shown } from './parts.tsx'

type Decided = Entry<'decision'> | Entry<'closed'>

/** A decision, or that nothing follows, with the second person's confirmation or who must give it. */
export function DecisionEntry({ entry, shown }: { readonly entry: Decided; readonly shown: Shown }) {
  const { state, words, send } = shown
  const { decision, kinds, history } = words.follow
  const { body, by, confirmedBy, yours, n } = entry
  const heads = [
    body.kind === 'decision' ? body.authority : kinds.closed,
    ...(body.kind === 'decision' && body.number !== '' ? [`${decision.number} ${body.number}`] : []),
    dayIn(body.date, state.language),
  ]
  return (
    <article class={confirmedBy === null ? 'decision waiting' : 'decision'}>
      <h3>{heads.join(' · ')}</h3>
      {body.kind === 'decision' && body.measure !== '' ? (
        <p>
          {decision.handling}: <strong>{body.measure}</strong>
        </p>
      ) : null}
      <p>{body.text}</p>
      <p class="soft small">
        {history.by(by)}
        {confirmedBy === null ? '' : `; ${history.confirmed(confirmedBy)}`}
      </p>
      {confirmedBy === null ? (
        <>
          <p class="attention">
            <strong>{decision.waiting}</strong> {yours ? '' : decision.must(by)}
          </p>
          {yours ? (
            <Asked
              shown={shown}
              question={{ about: 'confirm', n }}
              opener={decision.confirm}
              title={decision.confirmTitle}
              act={decision.confirmAct}
              press={() => send({ type: 'act', act: { what: 'confirm', n } })}
            >
              {decision.confirmText}
            </Asked>
          ) : null}
        </>
      ) : null}
    </article>
  )
}

/** One line of the history. */
export function Written({ entry, shown: { state, words } }: { readonly entry: EntryView; readonly shown: Shown }) {
  const { kinds, history, keeping, plan } = words.follow
  const { body, by, confirmedBy } = entry
  const day = (text: string) => dayIn(text, state.language)
  const said = (): string => {
    switch (body.kind) {
      case 'decision':
        return [body.authority, body.number, day(body.date), body.measure, body.text]
          .filter(one => one !== '')
          .join(' · ')
      case 'plan':
        return `${body.limits} · ${body.measures
          .map(({ text, deadline, who }) => `${text} (${plan.deadline} ${day(deadline)}, ${who})`)
          .join(' · ')}`
      case 'retention':
        return `${keeping.until(day(body.until))} · ${body.basis}`
      case 'complaint':
        return [day(body.date), body.from, body.text].filter(one => one !== '').join(' · ')
      case 'progress':
        return `${day(body.date)} · ${body.text}${body.done ? ` · ${plan.done}` : ''}`
      case 'themes':
        return `${day(body.date)} · ${body.themes.map(({ title, count, text }) => `${title} (${count === null ? words.comments.some : words.comments.many(count)}): ${text}`).join(' · ')}`
      default:
        return `${day(body.date)} · ${body.text}`
    }
  }
  const takesTwo = body.kind === 'decision' || body.kind === 'closed'
  const second = confirmedBy === null ? history.unconfirmed : history.confirmed(confirmedBy)
  return (
    <>
      <p>
        <strong>{kinds[body.kind]}</strong> · {said()}
      </p>
      <p class="soft small">
        {history.by(by)}
        {takesTwo ? `; ${second}` : ''}
      </p>
    </>
  )
}
