/** While the box is sealed and open: waiting, checking a card, signing what the organiser asks for. */

import { shortCode } from '../../../crypto/bytes.ts'
import { Code, Note, Other } from '../../parts.tsx'
import { Act, Acts, type Common, Facts, Field, HandIn, namesOf, type On, Points, ReadAloud, Title } from './parts.tsx'
import { Camera } from './sheet.tsx'

export function Sealed(on: On<'sealed'>) {
  const { screen, words, send, show } = on
  const { desk, view } = screen
  if (desk.on === 'card-camera') return <Camera {...on} />
  const { pins, sheets, manifest } = show
  return (
    <>
      <Title>{words.sealed.title}</Title>
      <p>{words.sealed.what}</p>
      <ReadAloud name={words.manifestCode} hash={manifest.hash} />
      {pins.length + sheets.length === 0 ? <Note tone="holds">{words.sealed.all}</Note> : null}
      {pins.length > 0 ? <p>{words.sealed.pins(namesOf(view, pins))}</p> : null}
      {sheets.length > 0 ? <p>{words.sealed.sheets(namesOf(view, sheets))}</p> : null}
      <h2>{words.sealed.cardTitle}</h2>
      <p>{words.sealed.card}</p>
      {desk.on === 'card' ? (
        <>
          <Field
            id="card"
            label={words.sealed.cardCode}
            value={desk.typed}
            wrong={desk.found === 'unread' ? words.sealed.unread : null}
            place={0}
            send={send}
          />
          <div aria-live="polite">
            {desk.found === 'same' ? <Note tone="holds">{words.sealed.same}</Note> : null}
            {desk.found === 'other' ? <Note tone="fails">{words.sealed.other}</Note> : null}
          </div>
        </>
      ) : null}
      <Acts {...on}>
        <Other act={() => send({ type: 'hand-in' })}>{words.sealed.compare}</Other>
        {screen.camera ? (
          <Other act={() => send({ type: 'press', press: { press: 'card-camera' } })}>{words.sealed.scan}</Other>
        ) : null}
      </Acts>
    </>
  )
}

export function Open(on: On<'open'>) {
  const { words, show } = on
  return (
    <>
      <Title>{words.open.title}</Title>
      <p class="soft">{show.manifest.poll.title}</p>
      <p>{words.open.what}</p>
      <p>{words.open.count}</p>
      <p class="soft">
        {words.manifestCode} <Code code={shortCode(show.manifest.hash)} />
      </p>
      <Acts {...on} />
    </>
  )
}

export function AskedFor(on: On<'asked'>) {
  const { words, show } = on
  const { action, reason } = show.asked
  const { title, what, before } = words.asked[action]
  return (
    <>
      <Title>{title}</Title>
      <p class="soft">{show.manifest.poll.title}</p>
      <p>{what}</p>
      {reason ? (
        <Note title={words.reason}>
          <p>{reason}</p>
        </Note>
      ) : null}
      {before.length > 0 ? (
        <>
          <h2>{words.before}</h2>
          <Points of={before} />
        </>
      ) : null}
      <p class="soft small">{words.disagree}</p>
      <Acts {...on}>
        <Act {...on} press={{ press: 'act', action, handedOut: [] }}>
          {words.agree}
        </Act>
      </Acts>
    </>
  )
}

export function Signed(on: On<'signed'>) {
  const { words } = on
  return (
    <>
      <Title>{words.signed.title}</Title>
      <p>{words.signed.what}</p>
      <Acts {...on} />
    </>
  )
}

export function Close(on: On<'close'>) {
  const { screen, words, send, show } = on
  const { desk, view } = screen
  const { groups } = show.manifest
  const { signed } = show.asked
  const over = view.lastCall === 0 || view.lastCall === null
  const own = signed.some(({ index }) => index === view.index)
  const differ = new Set(signed.map(({ handedOut }) => handedOut.join())).size > 1
  return (
    <>
      <Title>{words.asked.close.title}</Title>
      <LastCall {...on} />
      <p>{words.asked.close.what}</p>
      <h2>{words.close.handedOut}</h2>
      <p>{words.close.how}</p>
      {desk.on === 'numbers'
        ? groups.map(({ id, label, tokens }, g) => (
            <Field
              key={id}
              id={`group-${id}`}
              label={groups.length > 1 ? words.close.handedOutOf(label) : words.close.handedOut}
              value={desk.typed[g]!}
              wrong={desk.wrong.includes(g) ? words.close.wrong(tokens) : null}
              numeric
              place={g}
              send={send}
            />
          ))
        : null}
      <div aria-live="polite" class="stack">
        {signed.map(({ index, handedOut }) => (
          <Note key={index}>
            {own
              ? words.close.said(namesOf(view, [index]), handedOut.join(' + '))
              : words.close.saidFirst(namesOf(view, [index]))}
          </Note>
        ))}
        {own && differ ? <Note tone="attention">{words.close.differ}</Note> : null}
        {own && signed.length === 1 ? <p>{words.close.alone}</p> : null}
      </div>
      <Acts {...on}>
        <HandIn {...on} disabled={!over}>
          {over ? (own ? words.close.signAgain : words.close.sign) : words.close.wait}
        </HandIn>
      </Acts>
    </>
  )
}

function LastCall({ screen, words }: Common) {
  const { lastCall, turnout } = screen.view
  const waiting = turnout ? turnout.redeemed - turnout.cast : 0
  return (
    <section class="stack">
      {lastCall === null ? null : (
        <p class="call" role="timer">
          {lastCall > 0
            ? words.close.lastCall(Math.floor(lastCall / 60), String(lastCall % 60).padStart(2, '0'))
            : words.close.lastCallOver}
        </p>
      )}
      {turnout ? (
        <Facts
          of={[
            [words.close.redeemed, turnout.redeemed],
            [words.close.cast, turnout.cast],
            [words.close.waiting, waiting],
          ]}
        />
      ) : null}
      {waiting > 0 ? <Note tone="attention">{words.close.remind(waiting)}</Note> : null}
    </section>
  )
}
