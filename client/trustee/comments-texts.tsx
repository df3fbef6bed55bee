/** Comments that were opened on this phone, and the file in which they leave it for the competent authority. */
import { shortCode } from '../../crypto/bytes.ts'
import type { OpenedPrompt } from '../../crypto/opening.ts'
import { Code, Main, Note, Other, Quiet } from '../parts.tsx'
import { saveFile } from '../save.ts'
import { FINDINGS } from '../words/findings.ts'
import { handedBack, hasTexts, typedComments } from './comments.ts'
import { type At, leave, press, turnTo } from './comments-parts.ts'
import { Act, Acts, Field, namedIn, namesOf, Points, Title } from './screens/parts.tsx'

export function Opened(on: At<'opened'>) {
  const { screen, words, show, at, send, language } = on
  const { opened } = words.comments
  const liars = [...new Set(at.faults.flatMap(({ where }) => namedIn(where)))]
  return (
    <>
      <Title>{opened.title}</Title>
      <Note tone="attention">{opened.only}</Note>
      {liars.length > 0 ? <Note tone="attention">{opened.blamed(namesOf(screen.view, liars))}</Note> : null}
      <p class="soft small">{opened.order}</p>
      {at.prompts.map((prompt, i) => (
        <section key={show.manifest.comments[i]!.id} class="stack">
          <h2>{show.manifest.comments[i]!.title}</h2>
          <PromptTexts {...on} prompt={prompt} />
        </section>
      ))}
      {at.faults.length > 0 ? (
        <details>
          <summary>{opened.faults}</summary>
          <ul class="points small">
            {at.faults.map(({ code, where }) => (
              <li key={`${code}${where}`}>
                {FINDINGS[language].faults[code]} ({code}, {where})
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {hasTexts(at) ? null : <p>{opened.nothing}</p>}
      <Acts {...on}>
        {hasTexts(at) ? (
          <Act {...on} press={press({ do: 'seal' })}>
            {opened.hand}
          </Act>
        ) : null}
        <Quiet act={() => leave(send)}>{opened.close}</Quiet>
      </Acts>
    </>
  )
}

function PromptTexts({ prompt, show, words }: At<'opened'> & { readonly prompt: OpenedPrompt }) {
  const { opened } = words.comments
  const { texts, written, withheld, unopened, unreadable } = prompt
  return (
    <>
      <p>
        {texts === null ? opened.tooFew(written, show.manifest.publication.minimumBallots) : opened.written(written)}
      </p>
      {withheld > 0 ? <p>{opened.withheld(withheld)}</p> : null}
      {unopened > 0 ? <p>{opened.unopened(unopened)}</p> : null}
      {unreadable > 0 ? <p>{opened.unreadable(unreadable)}</p> : null}
      {texts === null ? null : (
        <ul class="texts">
          {texts.map((text, i) => (
            <li key={`${i}`}>{text}</li>
          ))}
        </ul>
      )}
    </>
  )
}

// ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────

export function CodeSheet(on: At<'code'>) {
  const { words, show, at } = on
  const { code } = words.comments
  return (
    <>
      <Title>{code.title}</Title>
      <p>{code.what}</p>
      <Points of={code.points} />
      <section class="paper">
        <h2>{code.paper}</h2>
        <p>{show.manifest.poll.title}</p>
        <p>
          <span class="overline">{words.closingCode}</span> <Code code={shortCode(show.closing.hash)} />
        </p>
        <ol class="groups">
          {at.groups.map((group, place) => (
            <li key={`${place}${group}`}>
              <span>{place + 1}</span>
              {group}
            </li>
          ))}
        </ol>
        <p class="small">{code.paperUse}</p>
        <p class="small">
          <strong>{code.paperSecret}</strong>
        </p>
      </section>
      <Acts {...on}>
        <Act {...on} press={press({ do: 'ask-back' })}>
          {code.written}
        </Act>
        <Other act={() => window.print()}>{code.print}</Other>
      </Acts>
    </>
  )
}

export function ReadingBack(on: At<'reading-back'>) {
  const { screen, words, at, send } = on
  const { back } = words.comments
  const handIn = () => {
    const next = handedBack(at)
    if ('do' in next) send({ type: 'press', press: press(next) })
    else turnTo(send, next)
  }
  const { places: _, typed: __, wrong: ___, ...made } = at
  return (
    <>
      <Title>{back.title}</Title>
      <p>{back.what}</p>
      {at.places.map((place, i) => (
        <Field
          key={place}
          id={`code-${place}`}
          label={back.group(place + 1)}
          value={at.typed[i]!}
          wrong={at.wrong.includes(i) ? back.wrong : null}
          place={i}
          send={event => (event.type === 'typed' ? turnTo(send, typedComments(at, i, event.text)) : handIn())}
        />
      ))}
      <Acts {...on}>
        <Main act={handIn} disabled={screen.doing !== null}>
          {screen.doing ? words.busy : back.put}
        </Main>
        <Quiet act={() => turnTo(send, { ...made, at: 'code' })}>{back.again}</Quiet>
      </Acts>
    </>
  )
}

export function Handed(on: At<'handed'>) {
  const { words, at, send, show } = on
  const { handed } = words.comments
  const name = `gop-y-${shortCode(show.closing.hash)}.gopy`
  return (
    <>
      <Title>{handed.title}</Title>
      <Note tone="holds">{handed.what}</Note>
      <p>{handed.copy}</p>
      <Acts {...on}>
        <Main act={() => leave(send)}>{handed.done}</Main>
        <Other act={() => saveFile(at.file, name)}>{handed.download}</Other>
      </Acts>
    </>
  )
}
