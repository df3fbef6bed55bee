/** A draft, part by part, saved as it is typed. */
import type { PackDraftView } from '../../../server/wire/packs.ts'
import { Note } from '../../parts.tsx'
import { REFUSALS } from '../../words/organiser/refusals.ts'
import { type Edit, sentText } from '../edit.ts'
import { problemsIn, problemsOf } from '../problems.ts'
import { SECTIONS, type Section } from '../state.ts'
import { at, textAt } from '../tree.ts'
import { BandsSection, MoreSection } from './consequences.tsx'
import type { Writing } from './fields.tsx'
import { Back, Lost, type Shown } from './frame.tsx'
import { FreezeSection, Waiting } from './freeze.tsx'
import { CountSection, OptionsSection, ScopeSection, TextSection } from './sections.tsx'
import { TrialSection } from './trial.tsx'

/** What every part of a draft is given. */
export interface Drafted extends Shown {
  readonly view: PackDraftView
  readonly edit: Edit
}

const GUIDED = 'lay-phieu-danh-gia-122'

export function WriteScreen(shown: Drafted) {
  const { state, words, send, view, edit } = shown
  const problems = problemsOf(edit.tree, sentText(edit))
  const waits = view.proposed !== null && !state.reopened
  const held = edit.phase === 'stale' || edit.phase === 'failed'
  const writing: Writing = {
    tree: edit.tree,
    words,
    write: (path, value) => send({ type: 'write', path, value }),
    wrong: new Set(problems.map(({ path }) => path.join('.'))),
    guided: textAt(edit.tree, ['id']) === GUIDED && at(edit.tree, ['sample']) !== true,
  }
  return (
    <div class={waits || state.section === 'freeze' ? 'columns broad' : 'columns'}>
      <nav class="steps not-printed" aria-label={words.sectionsLabel}>
        <Back words={words} />
        {waits ? null : (
          <ol>
            {SECTIONS.map(section => (
              <li key={section}>
                <button
                  type="button"
                  aria-current={section === state.section ? 'step' : undefined}
                  onClick={() => send({ type: 'show', section, path: [] })}
                >
                  <span class="word">{words.sections[section]}</span>
                  <Left n={problemsIn(problems, section)} words={words} />
                </button>
              </li>
            ))}
          </ol>
        )}
      </nav>
      <main class="step" key={waits ? 'waits' : state.section}>
        <header class="step-title">
          <p class="overline">{textAt(edit.tree, ['title']) || words.list.untitled}</p>
          <h1 tabIndex={-1}>{waits ? words.freeze.waiting.title : words.sections[state.section]}</h1>
          {waits ? null : (
            <div class={held ? 'saved held' : 'saved'}>
              <Saved {...shown} />
            </div>
          )}
        </header>
        <Lost {...shown} />
        {view.proposed !== null && state.reopened ? (
          <Note tone="attention">{words.freeze.waiting.reopenNote}</Note>
        ) : null}
        {waits ? (
          <Waiting {...shown} by={view.proposed?.by ?? ''} />
        ) : (
          <>
            <form class="form" onSubmit={event => event.preventDefault()}>
              <Inside {...shown} w={writing} />
            </form>
            {state.section === 'freeze' ? <FreezeSection {...shown} problems={problems} /> : <Next {...shown} />}
          </>
        )}
      </main>
    </div>
  )
}

function Inside({ w, ...shown }: Drafted & { readonly w: Writing }) {
  switch (shown.state.section) {
    case 'text':
      return <TextSection w={w} />
    case 'scope':
      return <ScopeSection w={w} />
    case 'options':
      return <OptionsSection w={w} />
    case 'count':
      return <CountSection w={w} />
    case 'bands':
      return <BandsSection w={w} order={() => shown.send({ type: 'order' })} />
    case 'more':
      return <MoreSection w={w} packs={shown.state.packs ?? []} />
    case 'try':
      return <TrialSection {...shown} />
    case 'freeze':
      return null
  }
}

const Left = ({ n, words }: { readonly n: number } & Pick<Shown, 'words'>) =>
  n === 0 ? null : <span class="left small">{words.left(n)}</span>

function Next({ state, words, send }: Drafted) {
  const next = SECTIONS[SECTIONS.indexOf(state.section) + 1] as Section
  return (
    <div class="acts">
      <button type="button" onClick={() => send({ type: 'show', section: next, path: [] })}>
        {words.next(words.sections[next])}
      </button>
    </div>
  )
}

/** How far what is typed is saved; two versions wait for a decision. */
function Saved({ state, words, send, edit }: Drafted) {
  if (edit.phase === 'stale')
    return (
      <Note tone="attention" title={words.stale.title}>
        <p>{words.stale.text}</p>
        <div class="acts row">
          <button type="button" onClick={() => send({ type: 'resolve', take: 'newer' })}>
            {words.stale.newer}
          </button>
          <button type="button" onClick={() => send({ type: 'resolve', take: 'own' })}>
            {words.stale.own}
          </button>
        </div>
      </Note>
    )
  if (edit.phase === 'failed' && edit.why !== null) {
    const { title, text } = REFUSALS[state.language][edit.why]
    return (
      <Note tone="fails" title={`${words.notSaved}. ${title}`}>
        {text}
      </Note>
    )
  }
  return (
    <p class="soft small" role="status">
      {edit.phase === 'saved' ? words.saved : words.saving}
    </p>
  )
}
