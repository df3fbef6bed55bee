/** The end of a draft: what is still to do, every figure once more, the proposal; and the wait for the second person. */
import { packHex } from '../../../server/rules/read.ts'
import { Main, Note } from '../../parts.tsx'
import { FINDINGS } from '../../words/findings.ts'
import type { PackWords } from '../../words/packs.ts'
import { sentText } from '../edit.ts'
import { type Problem, readDraft } from '../problems.ts'
import type { Path } from '../tree.ts'
import { labelOf } from './fields.tsx'
import { Refused, type Shown } from './frame.tsx'
import { Reading, Text } from './read.tsx'
import type { Drafted } from './write.tsx'

export function FreezeSection(shown: Drafted & { readonly problems: readonly Problem[] }) {
  const { state, words, send, edit, problems } = shown
  const text = sentText(edit)
  const { pack } = readDraft(text)
  const { freeze } = words
  const ready = pack !== null && edit.phase === 'saved' && state.act === null
  return (
    <>
      <ol class="how">
        {freeze.steps.map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Problems {...shown} problems={problems} />
      {pack === null ? null : (
        <section class="group" aria-label={freeze.every}>
          <h2>{freeze.every}</h2>
          <Reading pack={pack} language={state.language} />
          <p class="soft small">{freeze.hash}</p>
          <p class="hash">{packHex(text)}</p>
        </section>
      )}
      <Refused {...shown} of={['propose', 'delete']} />
      <div class="acts">
        <Main act={() => send({ type: 'act', act: { what: 'propose' } })} disabled={!ready}>
          {freeze.propose}
        </Main>
        <p class="soft small">{freeze.proposeNote}</p>
      </div>
      <Text text={text} name={nameOf(text)} words={words} />
      <Delete {...shown} />
    </>
  )
}

function nameOf(text: string): string {
  const { pack } = readDraft(text)
  return pack === null ? 'pack.json' : `${pack.id}-v${pack.version}.json`
}

/** Each leads to its field. */
function Problems({ state, words, send, problems }: Shown & { readonly problems: readonly Problem[] }) {
  const said = words.problems
  if (problems.length === 0) return <Note tone="holds">{said.none}</Note>
  return (
    <section class="group" aria-label={said.title}>
      <h2>{said.title}</h2>
      <ul class="gaps">
        {problems.map(({ path, section, fault, line }) => (
          <li key={path.join('.')}>
            <button type="button" class="link" onClick={() => send({ type: 'show', section, path })}>
              {words.sections[section]} · {nameFor(path, words)}:{' '}
              {fault === null
                ? said.missing
                : (said.says[fault.code]?.(fault.expected ?? '', fault.got ?? '') ??
                  FINDINGS[state.language].faults[fault.code])}
            </button>
            {line === null ? null : <span class="soft small"> {said.line(line)}</span>}
          </li>
        ))}
      </ul>
      {problems.some(({ fault }) => fault !== null) ? <p class="soft small">{said.more}</p> : null}
    </section>
  )
}

/** `Khoảng 2, Ngưỡng`; what is about a source says so. */
function nameFor(path: Path, words: PackWords): string {
  const list = path.findIndex(name => typeof name === 'number')
  const listed = words.listed as Readonly<Record<string, (n: number) => string>>
  const item = list < 0 ? null : (listed[String(path[list - 1])]?.(Number(path[list]) + 1) ?? null)
  const basis = path.findIndex(name => name === 'basis' || name === 'optionsBasis')
  const owner = basis < 0 ? path : path.slice(0, path[basis] === 'optionsBasis' ? basis + 1 : basis)
  const label = labelOf(words, owner)
  const parts = [item, label === '' || (item !== null && owner.length === list + 1) ? null : label]
  const source = basis < 0 ? null : words.basis.source
  const named = [...parts, source].filter(part => part !== null)
  return named.length === 0 ? words.problems.whole : named.join(', ')
}

function Delete(shown: Drafted) {
  const { state, words, send } = shown
  const { open, title, text, act } = words.freeze.delete
  return (
    <details class="delete">
      <summary>{open}</summary>
      <div class="question">
        <h2>{title}</h2>
        <p>{text}</p>
        <button
          type="button"
          disabled={state.act !== null}
          onClick={() => send({ type: 'act', act: { what: 'delete' } })}
        >
          {act}
        </button>
      </div>
    </details>
  )
}

/** Whoever proposed it sees what was proposed, and that it takes another person. */
export function Waiting({ by, ...shown }: Drafted & { readonly by: string }) {
  const { state, words, send, view } = shown
  const { waiting, hash } = words.freeze
  const { pack } = readDraft(view.text)
  return (
    <>
      <Note tone="attention" title={waiting.title}>
        {waiting.text(by)}
      </Note>
      <p class="soft small">{hash}</p>
      <p class="hash">{packHex(view.text)}</p>
      {pack === null ? null : <Reading pack={pack} language={state.language} />}
      <div class="acts">
        <button type="button" onClick={() => send({ type: 'reopen' })}>
          {waiting.reopen}
        </button>
        <p class="soft small">{waiting.reopenNote}</p>
      </div>
    </>
  )
}
