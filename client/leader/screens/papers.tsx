/** Papers: secrecy, the minutes, forms to print, downloads, scans of what was signed. */
import { dossierAt } from '../../api.ts'
import { Note } from '../../parts.tsx'
import { may } from '../may.ts'
import { Forms } from './forms.tsx'
import { MinutesEditor } from './minutes.tsx'
import { Done, Refused, type Shown } from './parts.tsx'
import { Copies, Secrecy } from './secrecy.tsx'

export function PapersScreen(shown: Shown) {
  const { state, facts, words } = shown
  const secret = state.view.stamp !== ''
  return (
    <>
      <header class="part-title">
        <p class="overline">{facts.title}</p>
        <h1>{words.papers.title}</h1>
      </header>
      <MinutesEditor {...shown} />
      {secret ? <Copies {...shown} /> : <Forms {...shown} />}
      {secret ? null : <Downloads {...shown} />}
      {secret ? null : <Scans {...shown} />}
      <Secrecy {...shown} />
    </>
  )
}

function Downloads({ state, words }: Shown) {
  const { downloads } = words.papers
  const onPaper = state.view.paper !== null
  return (
    <section class="chapter">
      <h2>{downloads.title}</h2>
      <ul class="links">
        <li>
          <a href={dossierAt(state.poll, '/results.xlsx')} download>
            {downloads.results}
          </a>
        </li>
        <li>
          <a href={dossierAt(state.poll, '/archive')} download>
            {downloads.archive}
          </a>
          <p class="soft small">{onPaper ? downloads.archiveNoteOnPaper : downloads.archiveNote}</p>
        </li>
        {onPaper ? null : (
          <li>
            <a href={state.view.published ? `/verify#poll=${state.view.manifestHash}` : '/verify'}>
              {downloads.verify}
            </a>
          </li>
        )}
      </ul>
    </section>
  )
}

// ── scans ───────────────────────────────────────────────────────────────────────────────────────────────────────

const sizeIn = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`

function Scans(shown: Shown) {
  const { state, words, send } = shown
  const { scans } = words.papers
  const { view, poll, act, why } = state
  const refused = why?.what === 'scan' ? why.why : null
  const own = refused === 'bad-request' ? scans.wrongType : refused === 'too-large' ? scans.tooLarge : null
  return (
    <section class="chapter">
      <h2>{scans.title}</h2>
      {view.scans.length === 0 ? <p>{scans.none}</p> : null}
      <ul class="links">
        {view.scans.map(({ n, name, size, by }) => (
          <li key={n}>
            <a href={dossierAt(poll, `/scans/${n}`)} download>
              {name}
            </a>{' '}
            <span class="soft small">
              {sizeIn(size)} · {scans.by(by)}
            </span>
          </li>
        ))}
      </ul>
      {may(view.role, 'write') ? (
        <div class="field">
          <label for="scan">{scans.choose}</label>
          <input
            id="scan"
            type="file"
            accept="application/pdf,image/png,image/jpeg"
            disabled={act !== null}
            onChange={event => {
              const input = event.currentTarget
              const file = input.files?.[0]
              if (file) send({ type: 'act', act: { what: 'scan', file, name: file.name } })
              input.value = ''
            }}
          />
        </div>
      ) : null}
      {act?.what === 'scan' ? <p role="status">{scans.sending}</p> : null}
      {own === null ? (
        <Refused {...shown} of="scan" />
      ) : (
        <Note tone="fails" title={own.title}>
          {own.text}
        </Note>
      )}
      <Done state={state} of="scan">
        {scans.done}
      </Done>
    </section>
  )
}
