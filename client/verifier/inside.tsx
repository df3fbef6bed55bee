/** What is inside a sealed ballot that was laid open. */
import type { ComponentChildren } from 'preact'
import { Note } from '../parts.tsx'
import type { Language } from '../words/language.ts'
import { VERIFIER } from '../words/verifier.ts'
import type { SealedView } from './sealed.ts'

interface SealedProps {
  readonly sealed: SealedView
  readonly language: Language
  readonly children: ComponentChildren
}

export function SealedResult({ sealed, language, children }: SealedProps) {
  const words = VERIFIER[language].sealed
  return (
    <>
      <h1>{words.title}</h1>
      <Outcome sealed={sealed} language={language} />
      <div class="acts">{children}</div>
    </>
  )
}

function Outcome({ sealed, language }: Omit<SealedProps, 'children'>) {
  const { sealed: words, manifestCode } = VERIFIER[language]
  switch (sealed.found) {
    case 'unreadable':
      return (
        <Note tone="fails" title={`✗ ${words.unreadable}`}>
          {words.unreadableNote}
        </Note>
      )
    case 'does-not-open':
      return (
        <>
          <Note tone="fails" title={`✗ ${words.doesNotOpen}`}>
            {words.doesNotOpenNote}
          </Note>
          <Hash hash={sealed.hash} language={language} />
        </>
      )
    case 'choices':
      return (
        <>
          <Note tone="holds" title={`✓ ${words.holds}`}>
            {sealed.title}
          </Note>
          <section class="stack" aria-labelledby="inside">
            <h2 id="inside">{words.inside}</h2>
            <dl class="inside">
              {sealed.contests.map(({ title, marks }, c) => (
                <div key={`${c} ${title}`}>
                  <dt>{title}</dt>
                  <dd>{marks.length === 0 ? words.empty : marks.join(' · ')}</dd>
                </div>
              ))}
            </dl>
          </section>
          <Hash hash={sealed.hash} language={language} />
          <p class="small soft">
            {manifestCode}: {sealed.code}
          </p>
        </>
      )
  }
}

function Hash({ hash, language }: { hash: string; language: Language }) {
  const words = VERIFIER[language].sealed
  return (
    <section aria-labelledby="hash">
      <h2 id="hash">{words.hash}</h2>
      <p class="ballot-hash">{hash.match(/.{4}/g)!.map(four => `${four} `)}</p>
      <p class="small">{words.hashNote}</p>
    </section>
  )
}
