/** The tablet's own screens, and the voter's wherever they are the same as on a phone. */
import type { VNode } from 'preact'
import { shortCode } from '../../crypto/bytes.ts'
import { Code, Main, Note, Other, Quiet } from '../parts.tsx'
import { Qr } from '../qr.tsx'
import type { Language } from '../words/language.ts'
import { KIOSK } from '../words/voter/kiosk.ts'
import { wordsOf } from '../words/voter/spoken.ts'
import { type Event, isAtStake, isOnItsWay, type Kiosk, type Phase, secondsLeft } from './kiosk-state.ts'
import { receiptLink } from './receipt.ts'
import type { At, Screen } from './screen.ts'
import { Annulled, Refused } from './screens/after.tsx'
import { ArrivedAt, Camera, Matter } from './screens/in.tsx'
import { Envelope } from './screens/pictures.tsx'
import type { Common as VoterCommon } from './screens/props.ts'
import { Frame, keyOf, pollOf, view as voterView } from './screens.tsx'

interface Common extends Omit<VoterCommon, 'send'> {
  readonly kiosk: Kiosk
  readonly said: (typeof KIOSK)[Language]
  readonly send: (event: Event) => void
}

type Of<T extends Screen['at']> = Common & { readonly screen: At<T> }

export function view(kiosk: Kiosk, send: (event: Event) => void, camera: boolean): VNode {
  const { language, screen } = kiosk.page
  const common: Common = { kiosk, words: wordsOf(language), said: KIOSK[language], language, send, camera, own: false }
  const own = ownScreen(common)
  const name = nameOf(kiosk)
  return (
    <div class={`kiosk ${kiosk.facing}`}>
      {own === null ? (
        voterView(kiosk.page, send, { camera, own: false })
      ) : (
        <Frame at={name} name={name} poll={pollOf(screen)} language={language} send={send}>
          {null}
          {own}
        </Frame>
      )}
      <footer>
        <span class="soft small">{kiosk.phase.at === 'start' ? common.said.start.stand : common.said.title}</span>
        {canQuit(kiosk) ? (
          <button type="button" class="quiet" onClick={() => send({ type: 'quit' })}>
            {common.said.home}
          </button>
        ) : null}
      </footer>
    </div>
  )
}

/** What is a new page to a person. */
export const nameOf = ({ phase, page }: Kiosk): string => (phase.at === 'voting' ? keyOf(page.screen) : phase.at)

const canQuit = ({ phase, page }: Kiosk): boolean => phase.at === 'voting' && !isOnItsWay(page.screen)

/** Null where the voter's page has the screen. */
function ownScreen(common: Common): VNode | null {
  const { phase, page, leftover } = common.kiosk
  const { screen } = page
  switch (phase.at) {
    case 'start':
      return <Start {...common} />
    case 'asking':
      return <Asking {...common} phase={phase} />
    case 'leaving':
      return <Leaving {...common} phase={phase} />
    case 'ending':
      if (screen.at !== 'cast') return null
      return leftover ? <InTheBox {...common} /> : <Ending {...common} screen={screen} />
    case 'voting':
      if (screen.at === 'arrived') return <CardHere {...common} screen={screen} />
      if (screen.at === 'camera') return <Scanning {...common} screen={screen} />
      if (screen.at === 'casting' && leftover) return <Sending {...common} screen={screen} />
      return screen.at === 'refused' && screen.why === 'already-redeemed' ? <Used {...common} screen={screen} /> : null
  }
}

const Start = ({ said, send, camera }: Common) => (
  <>
    <section class="sheet">
      <h1 tabIndex={-1}>{said.title}</h1>
      <hr />
      {said.start.what.map(line => (
        <p key={line}>{line}</p>
      ))}
    </section>
    <div class="acts">
      {camera ? <Main act={() => send({ type: 'camera' })}>{said.start.scan}</Main> : null}
      {camera ? (
        <Other act={() => send({ type: 'by-code' })}>{said.start.type}</Other>
      ) : (
        <Main act={() => send({ type: 'by-code' })}>{said.start.type}</Main>
      )}
    </div>
  </>
)

/** The other camera: on a stand the one in front sees the card, in the hand the one behind. */
const Scanning = (common: Of<'camera'>) => (
  <>
    <Camera {...common} />
    {common.screen.blocked ? null : (
      <Quiet act={() => common.send({ type: 'turn-camera' })}>{common.said.otherCamera}</Quiet>
    )}
  </>
)

/** What a browser that remembers nothing costs is said here of the tablet, which remembers nothing on purpose. */
const CardHere = (common: Of<'arrived'>) => (
  <ArrivedAt
    {...common}
    words={{
      ...common.words,
      arrived: { ...common.words.arrived, forgetful: common.said.lost[0], forgetfulNow: common.said.lost[1] },
    }}
  />
)

const Used = (common: Of<'refused'>) => (
  <Refused
    {...common}
    words={{
      ...common.words,
      refused: { ...common.words.refused, 'already-redeemed': common.said.alreadyRedeemed },
    }}
  />
)

/** The voter's screen is not to be seen meanwhile: who stands here now may be another. */
function Asking({ kiosk, said, send, phase }: Common & { readonly phase: Phase & { readonly at: 'asking' } }) {
  const { title, stay } = said[phase.why]
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      <Note tone="attention">{isAtStake(kiosk.page.screen) ? said.losing : said.losingNothing}</Note>
      {phase.why === 'silent' ? <p>{said.notYours}</p> : null}
      <p class="soft" role="timer">
        {said.seconds(secondsLeft(kiosk))}
      </p>
      <div class="acts">
        <Main act={() => send({ type: 'stay' })}>{stay}</Main>
        <Other act={() => send({ type: 'quit' })}>{said.wipe}</Other>
      </div>
    </>
  )
}

/** The receipt leaves on paper or in a picture; nothing of it stays here. */
function Ending({ kiosk, screen: { own, annulled }, words, said, send }: Of<'cast'>) {
  const { poll, receipt } = own
  const address = poll.paper.address || location.origin
  return (
    <>
      <h1 tabIndex={-1}>{words.cast.title}</h1>
      <p>{words.cast.what}</p>
      {annulled ? <Annulled words={words} /> : null}
      <div class="receipt">
        <section class="sheet centred">
          <p class="overline">{words.receiptCode}</p>
          <Code code={shortCode(receipt.leaf)} big />
          <p class="soft small">{words.cast.codeNote}</p>
          <hr />
          <p class="overline">{words.manifestCode}</p>
          <Code code={shortCode(poll.manifest.hash)} />
        </section>
        <div class="photo">
          <Qr text={receiptLink(own, location.origin)} label={said.receipt.qr} />
          <p class="soft small">{said.receipt.photo}</p>
        </div>
      </div>
      <p>
        <strong>{said.receipt.copy}</strong> {said.receipt.where(address.replace(/^https?:\/\//, ''))}
      </p>
      <div class="acts">
        <p class="soft centred" role="timer">
          {said.receipt.seconds(secondsLeft(kiosk))}
        </p>
        <Main act={() => send({ type: 'quit' })}>{said.receipt.done}</Main>
        <Other act={() => send({ type: 'more-time' })}>{said.receipt.more}</Other>
      </div>
    </>
  )
}

// ── after a crash or a reload ───────────────────────────────────────────────────────────────────────────────────

const Sending = ({ screen, words, said }: Of<'casting'>) => (
  <>
    <h1 tabIndex={-1} aria-live="polite">
      {said.leftover.sending}
    </h1>
    <Envelope folding={false} />
    <p class="soft centred">{said.leftover.what}</p>
    <Matter tries={screen.tries} words={words} />
  </>
)

/** Whoever stands here now may be another: no code. */
const InTheBox = ({ said, send }: Common) => (
  <>
    <h1 tabIndex={-1}>{said.leftover.done}</h1>
    <p>{said.leftover.ready}</p>
    <div class="acts">
      <Main act={() => send({ type: 'quit' })}>{said.home}</Main>
    </div>
  </>
)

const Leaving = ({ said, phase }: Common & { readonly phase: Phase & { readonly at: 'leaving' } }) => (
  <>
    <h1 tabIndex={-1}>{said.leaving}</h1>
    <div aria-live="polite">{phase.lost ? <Note tone="attention">{said.unreachable}</Note> : null}</div>
  </>
)
