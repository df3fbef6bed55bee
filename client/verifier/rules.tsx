/** What the rules made of the counts, recomputed by check 13: findings, what people stated, and the packs themselves. */
import { dayIn } from '../figures.ts'
import { CollectiveFindings, Blocked as NoConsequence, SubjectFindings } from '../findings.tsx'
import { type Judged, judgedOf } from '../judged.ts'
import { wholeTitleOf } from '../lines.ts'
import { Note } from '../parts.tsx'
import type { Language } from '../words/language.ts'
import { RULES } from '../words/rules.ts'
import { VERIFIER } from '../words/verifier.ts'
import type { Stranger } from './packs.ts'
import type { ReportView } from './report.ts'

interface RulesProps {
  readonly report: ReportView
  readonly language: Language
}

export function Rules({ report, language }: RulesProps) {
  const { rules } = report
  // Of a record that fails there is nothing to say but which files do not belong to it.
  if (rules === null || (!report.ok && rules.strangers.length === 0)) return null
  const words = VERIFIER[language].rules
  const judged = rules.outcome && judgedOf(rules.outcome.text, rules.outcome.packs)
  return (
    <section class="stack" aria-labelledby="rules">
      <h2 id="rules">{words.title}</h2>
      {rules.strangers.map(stranger => (
        <StrangerNote key={stranger.name} stranger={stranger} pinned={rules.sha256} language={language} />
      ))}
      {report.ok && rules.missing.length > 0 ? (
        <Note tone="attention" title={words.missing}>
          <p>{words.missingNote}</p>
          <ul class="small packs">
            {rules.missing.map(hash => (
              <li key={hash} class="hash">
                {hash === rules.sha256 ? <strong>{rules.pack}: </strong> : null}
                {hash}
              </li>
            ))}
          </ul>
        </Note>
      ) : null}
      {judged ? <Judgement judged={judged} report={report} language={language} /> : null}
      {judged ? <Stated judged={judged} subjects={report.poll?.subjects ?? []} language={language} /> : null}
      {judged ? <ByHand judged={judged} language={language} /> : null}
    </section>
  )
}

function StrangerNote({ stranger, pinned, language }: { stranger: Stranger; pinned: string; language: Language }) {
  const words = VERIFIER[language].rules
  const { name, altered, sha256 } = stranger
  return (
    <Note tone={altered ? 'fails' : 'attention'} title={altered ? words.altered(name) : words.unused(name)}>
      <dl class="small hashes">
        <div>
          <dt>{words.pinned}</dt>
          <dd class="hash">{pinned}</dd>
        </div>
        <div>
          <dt>{words.given}</dt>
          <dd class="hash">{sha256}</dd>
        </div>
      </dl>
    </Note>
  )
}

interface JudgedProps {
  readonly judged: Judged
  readonly language: Language
}

/** A line of the ballot after the other, then what concerns all of them together. */
function Judgement({ judged, report, language }: JudgedProps & RulesProps) {
  const ruled = (report.opened?.lines ?? []).filter(line => line.ruled)
  return (
    <>
      <p class="small soft">{RULES[language].note}</p>
      <NoConsequence judged={judged} language={language} />
      {ruled.map(line => (
        <div class="stack" key={line.at}>
          <h3>{wholeTitleOf(line)}</h3>
          <SubjectFindings judged={judged} at={line.at} language={language} level="h4" />
        </div>
      ))}
      <CollectiveFindings judged={judged} language={language} level="h3" />
    </>
  )
}

/** What no record can prove: people said it before the box was opened, and the outcome rests on it. */
function Stated({ judged, subjects, language }: JudgedProps & { readonly subjects: readonly string[] }) {
  const words = VERIFIER[language].rules
  const { date, attendance, members, histories, classified } = judged.statement
  const labels = new Map(
    [...judged.packs.values()].flatMap(({ options }) => options.map(o => [o.id, o.label] as const)),
  )
  const rows: readonly (readonly [label: string, stated: string])[] = [
    [words.date, dayIn(date, language)],
    [words.convened, String(attendance.convened)],
    [words.present, String(attendance.present)],
    [words.body, members === null ? words.unstated : String(members)],
    ...histories.flatMap((history, s) =>
      history.map(entry => {
        const label = words.year(subjects[s] ?? String(s + 1), entry.year)
        return [
          label,
          'quality' in entry ? (labels.get(entry.quality) ?? entry.quality) : words.earlier(entry.low, entry.of),
        ] as const
      }),
    ),
    ...[...(classified ?? [])].map(
      ([level, count]) => [words.classified(labels.get(level) ?? level), String(count)] as const,
    ),
  ]
  return (
    <table class="numbers stated">
      <caption>{words.stated}</caption>
      <tbody>
        {rows.map(([label, stated]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{stated}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The packs by their hashes, and how anybody gets the same without this page. */
function ByHand({ judged, language }: JudgedProps) {
  const words = VERIFIER[language].rules
  const packs = judged.outcome.packs.map(({ pack, sha256, citation }) => {
    const version = judged.packs.get(sha256)?.version
    return { pack, sha256, citation, file: `packs/${pack}-v${version}.json` }
  })
  return (
    <details>
      <summary>{words.byHand}</summary>
      <ul class="packs">
        {packs.map(({ sha256, citation, file }) => (
          <li key={sha256}>
            <span lang="vi">{citation}</span>
            <br />
            <span class="where small">
              {sha256} {file}
            </span>
          </li>
        ))}
      </ul>
      <p class="small">{words.byHandNote}</p>
      <pre class="small">
        {`sha256sum ${packs.map(({ file }) => file).join(' ')}
npm run verify -- record.ndjson${packs.map(({ file }) => ` --rules ${file}`).join('')}`}
      </pre>
    </details>
  )
}
