/** One screen for each state of the verifier's page. */
import { CHECKS } from '../../crypto/verify/findings.ts'
import { Main, Note, Other, Quiet } from '../parts.tsx'
import { FINDINGS } from '../words/findings.ts'
import type { Language } from '../words/language.ts'
import { VERIFIER } from '../words/verifier.ts'
import { Checked, CheckLine } from './checked.tsx'
import { SealedResult } from './inside.tsx'
import type { Event, Screen, State, Trouble } from './state.ts'

type Send = (event: Event) => void

/** What every screen is given. */
interface Shown {
  readonly state: State
  readonly send: Send
}

type At<A extends Screen['at']> = Shown & { readonly screen: Extract<Screen, { at: A }> }

export function View({ state, send }: Shown) {
  const { screen, language } = state
  const rehearsal = screen.at === 'checked' && screen.report.poll?.rehearsal === true
  return (
    <main class={rehearsal ? 'rehearsal' : ''} data-mark={VERIFIER[language].rehearsal}>
      <div class="screen wide" data-screen={screen.at}>
        <Languages language={language} send={send} />
        <ScreenOf state={state} send={send} />
      </div>
    </main>
  )
}

function ScreenOf({ state, send }: Shown) {
  const { screen, language } = state
  const shown = { state, send }
  switch (screen.at) {
    case 'asking':
      return <Asking {...shown} screen={screen} />
    case 'fetching':
      return <Fetching {...shown} said={VERIFIER[language].fetching} />
    case 'sorting':
      return <p role="status">{VERIFIER[language].counting}</p>
    case 'fetching-packs':
      return <Fetching {...shown} said={VERIFIER[language].rules.fetching} />
    case 'checking':
      return <Checking {...shown} screen={screen} />
    case 'checked':
      return (
        <Checked
          report={screen.report}
          named={screen.chosen.asked !== null}
          name={screen.chosen.name}
          language={language}
        >
          {screen.report.ok && screen.report.rules?.missing.length ? (
            <ChooseFiles send={send} label={VERIFIER[language].rules.add} />
          ) : null}
          <Other act={() => send({ type: 'go', to: 'asking' })}>{VERIFIER[language].again}</Other>
          {state.online ? (
            <Quiet act={() => send({ type: 'go', to: 'pasting' })}>{VERIFIER[language].another}</Quiet>
          ) : null}
        </Checked>
      )
    case 'pasting':
      return <Pasting {...shown} screen={screen} />
    case 'opening-sealed':
      return <p role="status">{VERIFIER[language].sealed.opening}</p>
    case 'sealed':
      return (
        <SealedResult sealed={screen.sealed} language={language}>
          <Other act={() => send({ type: 'go', to: 'pasting' })}>{VERIFIER[language].sealed.another}</Other>
          <Quiet act={() => send({ type: 'go', to: 'asking' })}>{VERIFIER[language].sealed.back}</Quiet>
        </SealedResult>
      )
  }
}

const Languages = ({ language, send }: { language: Language; send: Send }) => (
  <div class="languages">
    <button
      type="button"
      class="quiet"
      lang={language === 'vi' ? 'en' : 'vi'}
      onClick={() => send({ type: 'language', language: language === 'vi' ? 'en' : 'vi' })}
    >
      {VERIFIER[language].otherLanguage}
    </button>
  </div>
)

const Complaint = ({ trouble, language }: { trouble: Trouble | null; language: Language }) =>
  trouble === null ? null : (
    <Note tone="fails">
      <span id="trouble">{VERIFIER[language].troubles[trouble]}</span>
    </Note>
  )

function Asking({ state: { language, online, packs, code, worker }, send, screen: { trouble } }: At<'asking'>) {
  const words = VERIFIER[language]
  const wrongCode = trouble === 'no-code' || trouble === 'bad-code'
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.intro}</p>
      <Complaint trouble={trouble} language={language} />
      {packs.length === 0 ? null : (
        <Note>
          <span id="taken">{words.rules.taken(packs.map(({ name }) => name).join(', '))}</span>
        </Note>
      )}
      <div>
        <label for="code">{words.code}</label>
        <input
          id="code"
          class="code"
          value={code}
          onInput={event => send({ type: 'code', code: event.currentTarget.value })}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          aria-describedby={wrongCode ? 'code-hint trouble' : 'code-hint'}
          aria-invalid={wrongCode}
        />
        <p id="code-hint" class="small soft">
          {words.codeHint}
        </p>
      </div>
      <div class="drop acts">
        <ChooseFiles send={send} label={words.choose} />
        <p class="small soft">{words.drop}</p>
        {worker === 'ready' ? <p class="small soft">{online ? words.offline : words.alone}</p> : null}
      </div>
      {online ? (
        <div class="acts">
          <Other act={() => send({ type: 'fetch' })}>{words.fetch}</Other>
          <Quiet act={() => send({ type: 'go', to: 'pasting' })}>{words.sealed.link}</Quiet>
          <a class="download" href="/verifier-file/verifier.html" download>
            {words.download}
          </a>
        </div>
      ) : null}
    </>
  )
}

/** The browser's own file field, under a button that looks like ours. A record and its packs may come together. */
const ChooseFiles = ({ send, label }: { send: Send; label: string }) => (
  <label class="button main file">
    <input
      type="file"
      multiple
      class="hidden"
      onChange={event => {
        const field = event.currentTarget
        const files = Array.from(field.files ?? [], file => ({ file, name: file.name }))
        if (files.length > 0) send({ type: 'files', files })
        // The same file chosen again is a new choice.
        field.value = ''
      }}
    />
    {label}
  </label>
)

const Fetching = ({ state: { language }, said }: Shown & { readonly said: string }) => (
  <>
    <h1>{VERIFIER[language].title}</h1>
    <p role="status">{said}</p>
    <progress aria-label={said} />
  </>
)

function Checking({ state: { language }, screen: { chosen, done, all } }: At<'checking'>) {
  const words = VERIFIER[language]
  return (
    <>
      <h1>{words.checkingTitle}</h1>
      <p class="small soft file-name">{chosen.name}</p>
      <div>
        <p role="status">{all === null ? words.counting : words.lines(done, all)}</p>
        <progress aria-label={words.checkingTitle} value={done} max={Math.max(1, all ?? 1)} />
      </div>
      <p class="small soft">{words.stays}</p>
      <ol class="checks" aria-label={words.checks}>
        {CHECKS.map(check => (
          <CheckLine key={check} number={check} mark="waiting" sentence={FINDINGS[language].checks[check]} />
        ))}
      </ol>
    </>
  )
}

function Pasting({ state: { language, pasted }, send, screen: { trouble } }: At<'pasting'>) {
  const words = VERIFIER[language].sealed
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.intro}</p>
      <ol class="steps">
        {words.steps.map(one => (
          <li key={one}>{one}</li>
        ))}
      </ol>
      <Complaint trouble={trouble} language={language} />
      <div>
        <label for="pasted">{words.field}</label>
        <textarea
          id="pasted"
          rows={6}
          value={pasted}
          onInput={event => send({ type: 'pasted', text: event.currentTarget.value })}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
        />
      </div>
      <div class="acts">
        <Main act={() => send({ type: 'go', to: 'opening-sealed' })} disabled={pasted.trim() === ''}>
          {words.open}
        </Main>
        <Quiet act={() => send({ type: 'go', to: 'asking' })}>{words.back}</Quiet>
      </div>
    </>
  )
}
