/**
 * Results as .xlsx, for offices that reckon on: counts as numbers, percentages as the exact texts of the papers beside
 * what they are taken of, findings, and where all of it comes from. The same facts give the same bytes.
 */
import writeExcelFile, { type Sheet } from 'write-excel-file/node'
import { PAPER } from '../../client/words/reports/paper.ts'
import { SHEETS } from '../../client/words/reports/sheets.ts'
import { RULES, sentenceOf } from '../../client/words/rules.ts'
import { shortCode, toBase64url, toHex } from '../../crypto/bytes.ts'
import { no } from '../refusals.ts'
import type { Finding, PackOutcome } from '../rules/finding.ts'
import { checkMinutes, impossible } from './arithmetic.ts'
import type { Count, FormFacts } from './facts.ts'
import { namesOf } from './findings.ts'
import { nameOf } from './lines.ts'
import { timeless } from './timeless.ts'
import { type Cells, countSheets, sheetOf } from './xlsx-results.ts'

const { minutes } = PAPER

/** Refuses `wrong-state` before the count, `bad-minutes` for figures that cannot be, naming the rule. */
export async function writeXlsx(facts: FormFacts): Promise<Uint8Array> {
  const count = facts.count ?? no('wrong-state')
  const [broken] = impossible(checkMinutes(facts))
  if (broken) no('bad-minutes', broken.rule)
  const sheets = [
    ...countSheets(facts, count),
    figures(facts, count),
    ...(facts.template === 'survey' ? [] : [findings(facts)]),
    provenance(facts, count),
  ]
  return timeless(
    new Uint8Array(await writeExcelFile(sheets, { fontFamily: 'Times New Roman', fontSize: 12 }).toBuffer()),
  )
}

const text = (words: readonly string[]): string => words.filter(word => word !== '').join(', ')

function figures(
  { attendance, absent, printed, medium, minutes: { unused, exchanged } }: FormFacts,
  count: Count,
): Sheet<never> {
  const rows: readonly Cells[] = [
    [minutes.convened, attendance.convened],
    [minutes.present, attendance.present],
    [minutes.absent, absent.reduce((sum, one) => sum + one.count, 0)],
    [medium === 'paper' ? minutes.printedSheets : minutes.printed, printed],
    [minutes.issued, count.issued],
    [minutes.unused, unused],
    [minutes.exchanged, exchanged],
    [minutes.collected, count.collected],
    [minutes.valid, count.valid],
    [minutes.invalid, count.invalid],
    ...count.reasons.map(({ reason, count: n }): Cells => [`${minutes.invalidReason}: ${reason}`, n]),
  ]
  return sheetOf(SHEETS.figures, [SHEETS.figure, SHEETS.number], rows, [48, 14])
}

/** What every text says about every subject, and about the collective. */
function findings(facts: FormFacts): Sheet<never> {
  const heads = [
    SHEETS.citation,
    SHEETS.name,
    SHEETS.option,
    SHEETS.numerator,
    SHEETS.denominator,
    SHEETS.percent,
    SHEETS.operator,
    SHEETS.threshold,
    SHEETS.reached,
    SHEETS.conclusion,
    SHEETS.article,
    SHEETS.actor,
    SHEETS.source,
  ]
  const rows = (facts.outcome?.packs ?? []).flatMap((pack): readonly Cells[] => {
    if (pack.blocked !== null)
      return [
        [pack.citation, ...Array<null>(7).fill(null), SHEETS.blocked, RULES.vi.blocked[pack.blocked], null, null, null],
      ]
    const said = pack.subjects.flatMap((one, i) => {
      const who = text([nameOf(facts.lines[i]!), one.criterion ?? ''])
      return one.findings.map(finding => findingRow(facts, pack, who, finding))
    })
    return [...said, ...pack.findings.map(finding => findingRow(facts, pack, PAPER.report.collective, finding))]
  })
  return sheetOf(SHEETS.findings, heads, rows, [36, 28, 20, 12, 12, 10, 8, 8, 12, 60, 24, 28, 20])
}

function findingRow(facts: FormFacts, pack: PackOutcome, who: string, finding: Finding): Cells {
  const names = namesOf(facts, pack)
  const { option, numerator, denominator, operator, threshold, percent, band, article, actor, unsourced } = finding
  return [
    pack.citation,
    who,
    option === null ? null : names.option(option),
    numerator,
    denominator,
    percent.replace('.', ','),
    threshold === null ? null : operator,
    threshold,
    band === null ? SHEETS.no : SHEETS.yes,
    sentenceOf(finding, names, 'vi'),
    article,
    actor,
    unsourced ? SHEETS.unsourced : SHEETS.sourced,
  ]
}

/** From which record it was taken, and how anybody checks it. */
function provenance(facts: FormFacts, count: Count): Sheet<never> {
  const { title, unit, date, outcome, rehearsal } = facts
  const rows: readonly Cells[] = [
    [SHEETS.poll, title],
    [SHEETS.unit, unit],
    [SHEETS.date, date],
    ...(rehearsal ? [[SHEETS.rehearsal, '']] : []),
    ...codes(facts, count),
    ...(outcome?.packs ?? []).map(({ pack, sha256 }) => [SHEETS.packHash(pack), sha256]),
  ]
  return sheetOf(SHEETS.provenance, [SHEETS.field, SHEETS.value], rows, [48, 72])
}

/** Of a round on paper there are none: who counted it stands instead. */
function codes({ address, manifestHash }: FormFacts, { closingHash, keyedBy }: Count): readonly Cells[] {
  if (manifestHash === null || closingHash === null) return [[SHEETS.keyedBy, keyedBy.join('; ')]]
  return [
    [SHEETS.manifestCode, shortCode(manifestHash)],
    [SHEETS.manifestHash, toHex(manifestHash)],
    [SHEETS.closingCode, shortCode(closingHash)],
    [SHEETS.closingHash, toHex(closingHash)],
    [SHEETS.verifier, `${address}/verify#poll=${toBase64url(manifestHash)}`],
  ]
}
