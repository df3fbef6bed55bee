/** The recovery sheet: written, read back once, and read again on another device. */
import { shortCode } from '../../../crypto/bytes.ts'
import { SHEET_GROUPS, sheetGroups, sheetQr } from '../../../crypto/sheet.ts'
import { Code, Main, Note, Other, Quiet } from '../../parts.tsx'
import { Qr } from '../../qr.tsx'
import { groupsIn, type SheetProblem } from '../codes.ts'
import { Act, Acts, type Common, Field, HandIn, type On, Points, ReadAloud, Title } from './parts.tsx'

export function SheetScreen(on: On<'sheet'>) {
  return on.screen.desk.on === 'reading-back' ? <ReadingBack {...on} /> : <Writing {...on} />
}

function Writing(on: On<'sheet'>) {
  const { words } = on
  return (
    <>
      <Title>{words.sheet.title}</Title>
      <p>{words.sheet.what}</p>
      <Points of={words.sheet.points} />
      <Paper {...on} />
      <Acts {...on}>
        <Act {...on} press={{ press: 'read-back' }}>
          {words.sheet.written}
        </Act>
        <Other act={() => window.print()}>{words.sheet.print}</Other>
      </Acts>
    </>
  )
}

/** The only thing that is printed. */
function Paper({ show, words, screen }: On<'sheet'>) {
  const { manifest, sheet } = show
  const { view } = screen
  return (
    <section class="paper">
      <p class="overline">{words.sheet.paperOf}</p>
      <h2>{words.sheet.paper}</h2>
      <p>
        {manifest.poll.title}
        <br />
        <strong>{view.names[view.index - 1]}</strong>
      </p>
      <div class="codes">
        <p>
          <span class="overline">{words.manifestCode}</span>
          <Code code={shortCode(manifest.hash)} />
        </p>
        <p>
          <span class="overline">{words.ceremonyCode}</span>
          <Code code={shortCode(sheet.ceremonyHash)} />
        </p>
      </div>
      <Qr text={sheetQr(sheet)} label={words.sheet.qr} />
      <h3>{words.sheet.groups}</h3>
      <ol class="groups">
        {sheetGroups(sheet).map((group, place) => (
          <li key={`${place}${group}`}>
            <span>{place + 1}</span>
            {group}
          </li>
        ))}
      </ol>
      <p class="small">{words.sheet.paperUse}</p>
      <p class="small">
        <strong>{words.sheet.paperSecret}</strong>
      </p>
    </section>
  )
}

function ReadingBack(on: On<'sheet'>) {
  const { screen, words, send } = on
  const { desk } = screen
  if (desk.on !== 'reading-back') return null
  return (
    <>
      <Title>{words.sheet.backTitle}</Title>
      <p>{words.sheet.back}</p>
      {desk.places.map((place, i) => (
        <Field
          key={place}
          id={`group-${place}`}
          label={words.sheet.group(place + 1)}
          value={desk.typed[i]!}
          wrong={desk.wrong.includes(i) ? words.sheet.wrong : null}
          place={i}
          send={send}
        />
      ))}
      <Acts {...on}>
        <HandIn {...on}>{words.sheet.kept}</HandIn>
        <Quiet act={() => send({ type: 'desk', desk: { on: 'nothing' } })}>{words.sheet.again}</Quiet>
      </Acts>
    </>
  )
}

// ── on another device ───────────────────────────────────────────────────────────────────────────────────────────

export function Restore(on: On<'restore'>) {
  const { desk } = on.screen
  if (desk.on === 'compare') return <Compare {...on} />
  if (desk.on === 'sheet-camera') return <Camera {...on} />
  return desk.on === 'groups' ? <TypingGroups {...on} typed={desk.typed} wrong={desk.wrong} /> : null
}

function TypingGroups({ typed, wrong, ...on }: On<'restore'> & { typed: string; wrong: SheetProblem | null }) {
  const { screen, words, send } = on
  const name = screen.view.names[screen.view.index - 1] ?? ''
  const count = groupsIn(typed).filter(group => group.length === 5).length
  return (
    <>
      <Title>{words.restore.title}</Title>
      <p>{words.restore.what(name)}</p>
      {screen.warnings.map(warning => (
        <Note key={warning} tone="attention" title={words.warning}>
          {words.warnings[warning]}
        </Note>
      ))}
      <div class="field">
        <label for="groups">{words.restore.typed}</label>
        <textarea
          id="groups"
          class="code"
          rows={10}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          aria-describedby="groups-count"
          value={typed}
          onInput={event => send({ type: 'typed', place: 0, text: event.currentTarget.value })}
        />
        <p id="groups-count" class="soft small">
          {words.restore.count(Math.min(count, SHEET_GROUPS))}
        </p>
        <div aria-live="polite">{wrong ? <p class="wrong">{problemText(words, wrong, name)}</p> : null}</div>
      </div>
      <Acts {...on}>
        <HandIn {...on}>{words.restore.read}</HandIn>
        {screen.camera ? (
          <Other act={() => send({ type: 'press', press: { press: 'sheet-camera' } })}>{words.restore.scan}</Other>
        ) : null}
      </Acts>
    </>
  )
}

function problemText(words: Common['words'], problem: SheetProblem, name: string): string {
  const { problems } = words.restore
  switch (problem.what) {
    case 'groups':
      return problems.groups(problem.places.map(place => place + 1).join(', '))
    case 'length':
      return problems.length(problem.got)
    case 'unread':
      return problems.unread
    case 'not-yours':
      return problems['not-yours'](name)
  }
}

function Compare(on: On<'restore'>) {
  const { screen, words, send, show } = on
  const { desk, view } = screen
  const wrong = desk.on === 'compare' ? desk.wrong : null
  return (
    <>
      <Title>{words.restore.compareTitle}</Title>
      <ReadAloud name={words.manifestCode} hash={show.manifest.hash} />
      <p>{words.restore.compare}</p>
      {wrong ? <Note tone="fails">{problemText(words, wrong, view.names[view.index - 1] ?? '')}</Note> : null}
      <Acts {...on}>
        <HandIn {...on}>{words.restore.same}</HandIn>
        <Quiet act={() => send({ type: 'desk', desk: { on: 'groups', typed: '', wrong: null } })}>
          {words.restore.other}
        </Quiet>
      </Acts>
    </>
  )
}

export function Camera(on: Common) {
  const { words, send } = on
  return (
    <>
      <Title>{words.camera.title}</Title>
      <video class="camera" playsInline muted />
      <Acts {...on}>
        <Main act={() => send({ type: 'scanned', text: null })}>{words.camera.stop}</Main>
      </Acts>
    </>
  )
}
