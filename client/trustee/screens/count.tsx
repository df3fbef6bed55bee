/** From the closed box to the result. */
import { shortCode } from '../../../crypto/bytes.ts'
import type { CheckReport } from '../../../crypto/verify/findings.ts'
import { linesOf, unionsOf } from '../../../server/rules/scores.ts'
import { BallotResult } from '../../ballot.tsx'
import { Patterns } from '../../bar.tsx'
import { Code, Note } from '../../parts.tsx'
import { FINDINGS } from '../../words/findings.ts'
import type { Language } from '../../words/language.ts'
import { CommentsDoor } from '../comments.tsx'
import {
  Act,
  Acts,
  type Common,
  Facts,
  Field,
  HandIn,
  namedIn,
  namesOf,
  type On,
  ReadAloud,
  Steps,
  Title,
} from './parts.tsx'

type Spoken = { readonly language: Language }

const BOARD_CHECKS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

export function BoardScreen(on: On<'board'> & Spoken) {
  const { words, show, language } = on
  const { checking } = show
  if (checking.at === 'fails') return <BoardFails {...on} checks={checking.checks} />
  const [done, of] = checking.at === 'lines' ? [checking.done, checking.of] : [0, 1]
  return (
    <>
      <Title>{words.board.title}</Title>
      <p>{words.board.what}</p>
      <progress value={done} max={of} aria-label={words.board.title} />
      <p aria-live="polite">{checking.at === 'lines' ? words.board.lines(done, of) : words.board.loading}</p>
      <ol class="checks">
        {BOARD_CHECKS.map(check => (
          <li key={check}>{FINDINGS[language].checks[check]}</li>
        ))}
      </ol>
      <Acts {...on} />
    </>
  )
}

function BoardFails({ checks, ...on }: On<'board'> & Spoken & { readonly checks: readonly CheckReport[] }) {
  const { words, language } = on
  const said = FINDINGS[language]
  return (
    <>
      <Title>{words.board.failsTitle}</Title>
      <Note tone="fails">{words.board.fails}</Note>
      {checks
        .filter(({ status }) => status === 'fails')
        .map(({ check, findings, more }) => (
          <section key={check} class="stack">
            <h2>
              {check}. {said.checks[check]}
            </h2>
            <ul class="points">
              {findings.slice(0, 3).map(({ line, code, where }) => (
                <li key={`${line}${where}`}>
                  {words.board.line(line)}, {where}: {said.faults[code]}
                </li>
              ))}
            </ul>
            {more + findings.length > 3 ? <p>{words.board.more(more + findings.length - 3)}</p> : null}
          </section>
        ))}
      <p>{words.board.now}</p>
      <Acts {...on}>
        <Act {...on} press={{ press: 'again' }}>
          {words.board.again}
        </Act>
      </Acts>
    </>
  )
}

export const Agree = (on: On<'agree'>) => (on.show.ask === 'type' ? <TypeCode {...on} /> : <CompareCode {...on} />)

const closingFacts = ({ words, show }: On<'agree'>) => {
  const { ballots, redemptions, handedOut, voided } = show.closing
  return (
    <Facts
      of={[
        [words.opens.ballots, ballots.count],
        [words.opens.redeemed, redemptions.count],
        [words.opens.handedOut, handedOut.reduce((sum, n) => sum + n, 0)],
        ...(voided.count > 0 ? [[words.opens.voided, voided.count] as const] : []),
      ]}
    />
  )
}

function CompareCode(on: On<'agree'>) {
  const { words, show } = on
  return (
    <>
      <Title>{words.opens.title}</Title>
      <ReadAloud name={words.closingCode} hash={show.closing.hash} />
      {closingFacts(on)}
      <p>{words.opens.same}</p>
      <Note tone="holds">{words.opens.holds}</Note>
      <p class="soft small">{words.opens.once}</p>
      <Acts {...on}>
        <HandIn {...on}>{words.opens.sign}</HandIn>
      </Acts>
    </>
  )
}

/** The code is not shown: it has to come from the minutes or from the others. */
function TypeCode(on: On<'agree'>) {
  const { screen, words, send } = on
  const { desk } = screen
  return (
    <>
      <Title>{words.opens.typeTitle}</Title>
      <p>{words.opens.type}</p>
      {closingFacts(on)}
      {desk.on === 'code' ? (
        <Field
          id="closing-code"
          label={words.opens.typed}
          value={desk.typed}
          wrong={desk.wrong ? words.opens.wrong : null}
          place={0}
          send={send}
        />
      ) : null}
      <Note tone="holds">{words.opens.holds}</Note>
      <Acts {...on}>
        <HandIn {...on}>{words.opens.signTyped}</HandIn>
      </Acts>
    </>
  )
}

export function OtherClosing(on: On<'other-closing'>) {
  const { words } = on
  return (
    <>
      <Title>{words.otherClosing.title}</Title>
      <Note tone="fails">{words.otherClosing.what}</Note>
      <p>{words.otherClosing.now}</p>
      <Acts {...on} />
    </>
  )
}

const OPENING = ['openings', 'shares', 'results'] as const

export function Opening(on: On<'opening'>) {
  const { screen, words, show } = on
  const { view, blamed } = screen
  const needed = view.threshold - (view.names.length - show.missing.length)
  const liars = [...new Set(blamed.flatMap(({ where }) => namedIn(where)))]
  return (
    <>
      <Title>{words.opening.title}</Title>
      <p>{words.opening.what}</p>
      <div aria-live="polite" class="stack">
        <Steps of={OPENING.map(step => words.opening.steps[step])} at={OPENING.indexOf(show.step)} />
        {needed > 0 ? <p>{words.opening.needs(needed, namesOf(view, show.missing))}</p> : null}
        {liars.length > 0 ? <Note tone="attention">{words.opening.blamed(namesOf(view, liars))}</Note> : null}
      </div>
      <Acts {...on} />
    </>
  )
}

export function ResultScreen(on: On<'result'> & Spoken) {
  const { words, show, language } = on
  const { manifest, closing, result } = show
  const opened = {
    lines: linesOf(manifest, result),
    unions: unionsOf(manifest, result),
    minimum: manifest.publication.minimumBallots,
  }
  return (
    <>
      <Title>{words.result.title}</Title>
      <p class="soft">{manifest.poll.title}</p>
      <Facts of={[[words.result.ballots, closing.ballots.count]]} />
      {/* Where others wait for this member, that comes before a long result. */}
      <CommentsDoor {...on} />
      <Patterns />
      <BallotResult opened={opened} level="h2" language={language} />
      <p class="soft small">{words.result.of}</p>
      <p class="soft small">
        {words.closingCode} <Code code={shortCode(closing.hash)} />
      </p>
      <Note tone="holds">{on.screen.view.comments ? words.comments.signed : words.result.signed}</Note>
      <Acts {...on} />
    </>
  )
}

export function Void(on: Common) {
  const { words, screen } = on
  const { voidReason } = screen.view
  return (
    <>
      <Title>{words.void.title}</Title>
      {voidReason ? (
        <p>
          {words.reason}: <strong>{voidReason}</strong>
        </p>
      ) : null}
      <p>{words.void.what}</p>
      <p>{words.void.now}</p>
      <Acts {...on} />
    </>
  )
}
