/** Every pack there is, what is being written, and how to begin. */
import { attempt } from '../../../crypto/fault.ts'
import type { Pack } from '../../../server/rules/pack.ts'
import { readPack } from '../../../server/rules/read.ts'
import type { PackText } from '../../../server/wire/packs.ts'
import { Main, Note } from '../../parts.tsx'
import { compareLink, draftLink, packLink } from '../route.ts'
import { readTree, textAt } from '../tree.ts'
import type { Beginning } from '../writing.ts'
import { Refused, type Shown } from './frame.tsx'

export function ListScreen(shown: Shown) {
  const { state, words } = shown
  const { list } = words
  const packs = state.packs ?? []
  return (
    <>
      <h1>{list.title}</h1>
      <p>{list.intro}</p>
      <Drafts {...shown} />
      <Packs {...shown} title={list.own} packs={packs.filter(({ shipped }) => !shipped)} />
      <Packs {...shown} title={list.shipped} packs={packs.filter(({ shipped }) => shipped)} />
      <a class="button" href={compareLink('', '')}>
        {list.compare}
      </a>
    </>
  )
}

/** What is in force first, then what was, then samples. */
const placeOf = ({ text }: PackText): number => {
  const pack = attempt(() => readPack(text))
  return pack === null || pack.sample ? 2 : pack.effective.to === null ? 0 : 1
}

function Packs({ words, title, packs }: Shown & { readonly title: string; readonly packs: readonly PackText[] }) {
  if (packs.length === 0) return null
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul class="packs">
        {[...packs]
          .sort((a, b) => placeOf(a) - placeOf(b))
          .map(pack => (
            <li key={pack.sha256}>
              <a href={packLink(pack.sha256)}>
                <strong>{pack.title}</strong>
                <Facts pack={attempt(() => readPack(pack.text))} words={words} />
                <span class="soft small">
                  {words.item.version(pack.version)} · {words.item.hash}{' '}
                  <span class="hash">{pack.sha256.slice(0, 12)}</span>
                </span>
              </a>
            </li>
          ))}
      </ul>
    </section>
  )
}

function Facts({ pack, words }: { readonly pack: Pack | null } & Pick<Shown, 'words'>) {
  if (pack === null) return null
  const { day, item } = words
  const { from, to } = pack.effective
  return (
    <>
      <span class="small">{pack.citation.text}</span>
      <span class="soft small">{item.inForce(day(from), to === null ? null : day(to))}</span>
      {pack.sample ? <span class="small marked">{item.sample}</span> : null}
    </>
  )
}

function Drafts(shown: Shown) {
  const { state, words, send } = shown
  const { list } = words
  if (state.me === null)
    return window.isSecureContext ? (
      <button type="button" class="small-button" onClick={() => send({ type: 'enter' })}>
        {words.login}
      </button>
    ) : (
      <Note>{words.insecure}</Note>
    )
  if (state.drafts === null) return <Note>{words.notForYou}</Note>
  return (
    <>
      <section aria-label={list.drafts}>
        <h2>{list.drafts}</h2>
        {state.drafts.length === 0 ? (
          <p class="soft">{list.noDrafts}</p>
        ) : (
          <ul class="packs">
            {state.drafts.map(({ draft, text, by, proposed, yours }) => (
              <li key={draft}>
                <a href={draftLink(draft)}>
                  <strong>{textAt(readTree(text), ['title']) || list.untitled}</strong>
                  <span class="soft small">
                    {proposed === null ? list.changedBy(by) : list.proposedBy(proposed.by)}
                  </span>
                  {yours ? <span class="small marked">{list.yours}</span> : null}
                </a>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Begin {...shown} />
    </>
  )
}

/** The regulation that the product is named for, and whose text nobody publishes. */
const FORM = 'lay-phieu-danh-gia-122'

function Begin(shown: Shown) {
  const { state, words, send } = shown
  const { list } = words
  const begin = (how: Beginning) => () => send({ type: 'act', act: { what: 'begin', from: FORM, how } })
  return (
    <section class="group" aria-label={list.begin}>
      <h2>{list.begin}</h2>
      <p>{list.beginNote}</p>
      <p class="soft small">{list.form122Note}</p>
      <div class="acts row">
        <Main act={begin('form')} disabled={state.act !== null}>
          {list.form122}
        </Main>
        <button type="button" disabled={state.act !== null} onClick={begin('empty')}>
          {list.empty}
        </button>
      </div>
      <p class="soft small">{list.template}</p>
      <Refused {...shown} of={['begin']} />
    </section>
  )
}
