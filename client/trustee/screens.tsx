/** The state's name chooses the screen. */
import type { VNode } from 'preact'
import { Note } from '../parts.tsx'
import { TRUSTEE_WORDS, type TrusteeWords } from '../words/trustee.ts'
import { Comments } from './comments.tsx'
import { Paper } from './paper.tsx'
import {
  Arrived,
  Ceremony,
  Elsewhere,
  Made,
  MovedAway,
  NotBegun,
  OtherManifest,
  Pin,
  Restarted,
  Stopped,
} from './screens/ceremony.tsx'
import { Agree, BoardScreen, Opening, OtherClosing, ResultScreen, Void } from './screens/count.tsx'
import { Title, troubleText } from './screens/parts.tsx'
import { AskedFor, Close, Open, Sealed, Signed } from './screens/poll.tsx'
import { Restore, SheetScreen } from './screens/sheet.tsx'
import { type Event, type Here, type Page, placeOf, type Screen } from './state.ts'

type Send = (event: Event) => void

export function view({ screen, language }: Page, send: Send): VNode {
  const words = TRUSTEE_WORDS[language]
  const other = language === 'vi' ? 'en' : 'vi'
  const rehearsal = screen.at === 'here' && screen.view.rehearsal
  return (
    <div class={rehearsal ? 'rehearsal' : undefined} data-mark={words.rehearsal}>
      <div class="screen" key={keyOf(screen)}>
        <header>
          <p class="overline">{screen.at === 'here' ? screen.view.names[screen.view.index - 1] : words.role}</p>
          <button type="button" class="quiet" lang={other} onClick={() => send({ type: 'language', language: other })}>
            {words.otherLanguage}
          </button>
        </header>
        {content({ screen, language }, words, send)}
      </div>
    </div>
  )
}

/** What is a new page to a person: its heading is read out anew. */
export function keyOf(screen: Screen): string {
  if (screen.at !== 'here') return screen.at
  const { show, desk } = screen
  const own = desk.on === 'reading-back' || desk.on === 'compare' || desk.on.endsWith('camera')
  if (desk.on === 'comments') return `${placeOf(show)} comments ${desk.at.at}`
  if (desk.on === 'keying') return `${placeOf(show)} ${desk.form.place}`
  return `${placeOf(show)}${own ? ` ${desk.on}` : ''}`
}

function content({ screen, language }: Page, words: TrusteeWords, send: Send): VNode {
  switch (screen.at) {
    case 'unreadable':
      return <Fixed {...words.unreadable} />
    case 'bad-link':
      return <Fixed {...words.badLink} />
    case 'moved':
      return <MovedAway words={words} />
    case 'reaching':
      return (
        <>
          <Title>{words.reaching}</Title>
          <p aria-live="polite">{screen.trouble ? troubleText(words, screen.trouble) : ''}</p>
        </>
      )
    case 'here':
      return shown(screen, words, send, language)
  }
}

const Fixed = ({ title, what, now }: { readonly title: string; readonly what: string; readonly now: string }) => (
  <>
    <Title>{title}</Title>
    <p>{what}</p>
    <Note tone="attention">{now}</Note>
  </>
)

function shown(screen: Here, words: TrusteeWords, send: Send, language: Page['language']): VNode {
  const { show } = screen
  const common = { screen, words, send }
  switch (show.on) {
    case 'not-begun':
      return <NotBegun {...common} show={show} />
    case 'arrived':
      return <Arrived {...common} show={show} />
    case 'elsewhere':
      return <Elsewhere {...common} show={show} />
    case 'restarted':
      return <Restarted {...common} show={show} />
    case 'ceremony':
      return <Ceremony {...common} show={show} />
    case 'stopped':
      return <Stopped {...common} show={show} language={language} />
    case 'other-manifest':
      return <OtherManifest {...common} show={show} />
    case 'made':
      return <Made {...common} show={show} />
    case 'pin':
      return <Pin {...common} show={show} />
    case 'sheet':
      return <SheetScreen {...common} show={show} />
    case 'sealed':
      return <Sealed {...common} show={show} />
    case 'open':
      return <Open {...common} show={show} />
    case 'asked':
      return <AskedFor {...common} show={show} />
    case 'signed':
      return <Signed {...common} show={show} />
    case 'close':
      return <Close {...common} show={show} />
    case 'board':
      return <BoardScreen {...common} show={show} language={language} />
    case 'agree':
      return <Agree {...common} show={show} />
    case 'other-closing':
      return <OtherClosing {...common} show={show} />
    case 'opening':
      return <Opening {...common} show={show} />
    case 'result':
      if (screen.desk.on === 'comments')
        return <Comments {...common} show={show} at={screen.desk.at} language={language} />
      return <ResultScreen {...common} show={show} language={language} />
    case 'void':
      return <Void {...common} />
    case 'restore':
      return <Restore {...common} show={show} />
    case 'paper':
      return <Paper {...common} show={show} language={language} />
  }
}
