/** One screen for each stage of a poll, in letters for the last row. Nothing of a person, nothing of the result. */
import type { ComponentChildren } from 'preact'
import type { HallView } from '../../server/wire.ts'
import { Code } from '../parts.tsx'
import { Qr } from '../qr.tsx'
import { HALL } from '../words/hall.ts'
import type { Language } from '../words/language.ts'
import { clock, type Event, type Screen, type State, wifiText } from './state.ts'

type Words = (typeof HALL)[Language]

export function View({ state: { language, hash, screen }, send }: { state: State; send: (event: Event) => void }) {
  const words = HALL[language]
  const view = 'view' in screen ? screen.view : null
  const other = language === 'vi' ? 'en' : 'vi'
  return (
    <main class="hall" data-screen={screen.at}>
      {view ? <Header view={view} words={words} /> : null}
      <ScreenOf screen={screen} hash={hash} words={words} />
      <footer>
        {view ? (
          <p>
            {words.manifestCode} <Code code={view.manifestCode} />
          </p>
        ) : null}
        {'lost' in screen && screen.lost ? (
          <p class="lost" role="status">
            {words.lost}
          </p>
        ) : null}
        <button type="button" class="quiet" lang={other} onClick={() => send({ type: 'language', language: other })}>
          {words.otherLanguage}
        </button>
      </footer>
    </main>
  )
}

function Header({ view: { title, unit, rehearsal }, words }: { view: HallView; words: Words }) {
  const size = title.length <= 42 ? 'short' : title.length <= 96 ? 'middle' : 'long'
  return (
    <header>
      {rehearsal ? <p class="mark">{words.rehearsal}</p> : null}
      <p class="unit">{unit}</p>
      <h1 class={size}>{title}</h1>
    </header>
  )
}

function ScreenOf({ screen, hash, words }: { screen: Screen; hash: string | null; words: Words }) {
  switch (screen.at) {
    case 'asking':
      return <Alone title={words.asking} />
    case 'no-poll':
      return <Alone title={words.noPoll} note={words.noPollNote} />
    case 'before':
      return (
        <Two view={screen.view} words={words}>
          <Said title={words.before.title} note={words.before.note} />
        </Two>
      )
    case 'open':
      return (
        <Two view={screen.view} words={words}>
          <Turnout view={screen.view} words={words} />
        </Two>
      )
    case 'last-call':
      return (
        <Two view={screen.view} words={words}>
          <Said title={words.lastCall.title} note={screen.left > 0 ? words.lastCall.note : words.lastCall.over}>
            <p class="clock" role="timer">
              {clock(screen.left)}
            </p>
          </Said>
        </Two>
      )
    case 'closed':
    case 'counted':
      return (
        <div class="two">
          <Said title={words[screen.at].title} note={words[screen.at].note} />
          <div class="join">
            <Way
              title={words.record}
              label={words.recordQr}
              qr={`${screen.view.address}/verify#poll=${hash}`}
              lines={[`${withoutScheme(screen.view.address)}/verify`]}
            />
          </div>
        </div>
      )
    case 'void':
      return <Said title={words.void.title} note={words.void.note} />
  }
}

const Said = ({ title, note, children }: { title: string; note?: string; children?: ComponentChildren }) => (
  <section class="said">
    <h2>{title}</h2>
    {children}
    {note === undefined ? null : <p>{note}</p>}
  </section>
)

/** Where no poll's title stands above it. */
const Alone = ({ title, note }: { title: string; note?: string }) => (
  <section class="said">
    <h1>{title}</h1>
    {note === undefined ? null : <p>{note}</p>}
  </section>
)

/** What happens, and beside it how to come in. */
const Two = ({ view, words, children }: { view: HallView; words: Words; children: ComponentChildren }) => (
  <div class="two">
    {children}
    <Join view={view} words={words} />
  </div>
)

const Turnout = ({ view: { redeemed, cast, expected }, words }: { view: HallView; words: Words }) => (
  <section class="said turnout">
    <h2>{words.open.title}</h2>
    {redeemed === null && cast === null ? (
      <p>{words.soon}</p>
    ) : (
      <>
        <dl>
          <div>
            <dt>{words.redeemed}</dt>
            <dd>{redeemed === null ? '–' : words.aboutOf(redeemed, expected)}</dd>
          </div>
          <div>
            <dt>{words.cast}</dt>
            <dd>{cast === null ? '–' : words.about(cast)}</dd>
          </div>
        </dl>
        <p class="fine">{words.coarse}</p>
      </>
    )}
  </section>
)

const Join = ({ view: { wifi, address }, words }: { view: HallView; words: Words }) => (
  <div class={wifi ? 'join with-wifi' : 'join'}>
    {wifi ? <p class="mobile-data">{words.mobileData}</p> : null}
    {wifi ? (
      <Way
        title={words.wifi}
        label={words.wifiQr(wifi.name)}
        qr={wifiText(wifi)}
        lines={wifi.password === '' ? [wifi.name] : [wifi.name, `${words.password}: ${wifi.password}`]}
      />
    ) : null}
    <Way title={words.page} label={words.pageQr} qr={`${address}/`} lines={[withoutScheme(address)]} />
    <p class="soft no-phone">
      {words.noPhone} <span>{withoutScheme(address)}/quay</span>
    </p>
  </div>
)

const withoutScheme = (address: string): string => address.replace(/^https?:\/\//, '')

/** A QR code and, for whoever cannot scan it, the same in letters. */
const Way = ({ title, label, qr, lines }: { title: string; label: string; qr: string; lines: readonly string[] }) => (
  <figure class="way">
    <figcaption>{title}</figcaption>
    <Qr text={qr} label={label} />
    {lines.map((line, i) => (
      <p key={line} class={i > 0 ? 'fine' : line.length > 24 ? 'spelled long' : 'spelled'}>
        {line}
      </p>
    ))}
  </figure>
)
