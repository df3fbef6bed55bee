/** What a verification found: the verdict, the thirteen lines, whose record it is, and the counts where they hold. */
import type { ComponentChildren } from 'preact'
import type { CheckReport, Finding, Status } from '../../crypto/verify/findings.ts'
import { BallotResult, type Opened } from '../ballot.tsx'
import { Patterns } from '../bar.tsx'
import { Code } from '../parts.tsx'
import { FINDINGS } from '../words/findings.ts'
import type { Language } from '../words/language.ts'
import { VERIFIER } from '../words/verifier.ts'
import type { ReportView } from './report.ts'
import { Rules } from './rules.tsx'

interface CheckedProps {
  readonly report: ReportView
  /** Somebody said which poll it should be. */
  readonly named: boolean
  readonly name: string
  readonly language: Language
  readonly children: ComponentChildren
}

export function Checked({ report, named, name, language, children }: CheckedProps) {
  const words = VERIFIER[language]
  return (
    <>
      <Verdict report={report} language={language} />
      <div>
        {report.poll ? <h2>{report.poll.title}</h2> : null}
        {report.poll?.unit ? <p>{report.poll.unit}</p> : null}
        <p class="small soft file-name">{name}</p>
      </div>
      <section aria-labelledby="checks">
        <h2 id="checks">{words.checks}</h2>
        <ol class="checks">
          {report.checks.map(check => (
            <CheckOf key={check.check} report={check} language={language} />
          ))}
        </ol>
      </section>
      {report.opened ? <Result opened={report.opened} language={language} /> : null}
      {report.complete ? <Rules report={report} language={language} /> : null}
      <Whose report={report} named={named} language={language} />
      <div class="acts">{children}</div>
    </>
  )
}

function Verdict({ report, language }: Pick<CheckedProps, 'report' | 'language'>) {
  const { ok, complete, checks } = report
  const { verdict } = VERIFIER[language]
  const noRules = ok && checks.some(({ status }) => status === 'not-checked')
  const [title, note] = ok
    ? complete
      ? [verdict.holds, verdict.holdsNote]
      : [verdict.board, verdict.boardNote]
    : [verdict.fails, verdict.failsNote]
  return (
    <div class={ok ? 'verdict holds' : 'verdict fails'} role={ok ? 'status' : 'alert'}>
      <h1>
        <span class="mark" aria-hidden="true">
          {ok ? '✓' : '✗'}
        </span>{' '}
        {title}
      </h1>
      <p>{note}</p>
      {noRules ? <p>{verdict.noRules}</p> : null}
    </div>
  )
}

type Mark = Status | 'waiting'
const SYMBOLS: { readonly [M in Mark]: string } = {
  holds: '✓',
  fails: '✗',
  'not-reached': '–',
  'not-checked': '–',
  none: '–',
  waiting: '·',
}

interface CheckLineProps {
  readonly number: number
  readonly mark: Mark
  readonly sentence: string
  /** Nothing while it waits. */
  readonly said?: string
  readonly children?: ComponentChildren
}

/** Symbol, number, sentence, and the verdict as a word: colour says nothing that these do not. */
export const CheckLine = ({ number, mark, sentence, said, children }: CheckLineProps) => (
  <li class={`check ${mark}`}>
    <span class="mark" aria-hidden="true">
      {SYMBOLS[mark]}
    </span>
    <span class="number">{number}</span>
    <span class="sentence">
      {sentence} {said === undefined ? null : <strong class="said">{said}</strong>}
    </span>
    {children}
  </li>
)

function CheckOf({ report: { check, status, findings, more }, language }: { report: CheckReport; language: Language }) {
  const words = FINDINGS[language]
  return (
    <CheckLine number={check} mark={status} sentence={words.checks[check]} said={words.statuses[status]}>
      {findings.length === 0 ? null : (
        <ul class="culprits">
          {findings.map((finding, i) => (
            <FindingOf key={`${i} ${finding.where}`} finding={finding} language={language} />
          ))}
          {more > 0 ? <li>{VERIFIER[language].more(more)}</li> : null}
        </ul>
      )}
    </CheckLine>
  )
}

function FindingOf({
  finding: { line, where, code, expected, got },
  language,
}: {
  finding: Finding
  language: Language
}) {
  const words = VERIFIER[language]
  return (
    <li>
      {words.line(line)}, <span class="where">{where}</span>: {FINDINGS[language].faults[code]}
      {expected === undefined && got === undefined ? null : (
        <dl>
          {expected === undefined ? null : (
            <div>
              <dt>{words.expected}</dt>
              <dd class="where">{expected}</dd>
            </div>
          )}
          {got === undefined ? null : (
            <div>
              <dt>{words.got}</dt>
              <dd class="where">{got}</dd>
            </div>
          )}
        </dl>
      )}
    </li>
  )
}

function Whose({ report: { poll, closing }, named, language }: Omit<CheckedProps, 'children' | 'name'>) {
  const words = VERIFIER[language]
  if (!poll) return null
  return (
    <section class="stack" aria-labelledby="whose">
      <h2 id="whose">{words.codes}</h2>
      <p class="small soft">
        {words.members}: {poll.members.join(', ')}
      </p>
      <div>
        <p class="overline">{words.manifestCode}</p>
        <Code code={poll.code} />
        <p class="small">{named ? words.matched : words.compare}</p>
        <p class="small soft hash">
          {words.hash}: {poll.hash}
        </p>
      </div>
      {closing ? (
        <div>
          <p class="overline">{words.closingCode}</p>
          <Code code={closing.code} />
          <p class="small">{words.closingNote}</p>
          <p class="small soft hash">
            {words.hash}: {closing.hash}
          </p>
        </div>
      ) : null}
      {closing ? (
        <table class="numbers">
          <caption>{words.turnout}</caption>
          <tbody>
            {(
              [
                [words.handedOut, closing.handedOut],
                [words.redeemed, closing.redeemed],
                [words.ballots, closing.ballots],
              ] as const
            ).map(([label, n]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{n}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  )
}

function Result({ opened, language }: { opened: Opened; language: Language }) {
  return (
    <section class="stack" aria-labelledby="result">
      <h2 id="result">{VERIFIER[language].result}</h2>
      <Patterns />
      <BallotResult opened={opened} level="h3" language={language} />
    </section>
  )
}
