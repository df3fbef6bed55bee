/**
 * The paper ballot (regulations, section 6.4), for a round held on paper; of a round by phones it shows what is asked. It
 * is there from the draft on.
 */
import { PAPER } from '../../client/words/reports/paper.ts'
import { type Line, pointsOf } from '../rules/scores.ts'
import type { Profile } from '../wire/leader.ts'
import type { FormFacts } from './facts.ts'
import type { Block, Column, Form, Text } from './form.ts'
import { aboutOf, frameOf } from './head.ts'
import { LAYOUTS, textWidth, voiceOf } from './layout.ts'
import { bySubject, fits, runsOf, whoOf } from './lines.ts'
import { pointsText } from './points.ts'
import { asked } from './results.ts'
import { bold, caption, italic, joined, paragraph, plain } from './text.ts'

const { ballot, table } = PAPER
const ORDER = 10
const REFERENCE = 16
/** Of a box to mark, at least; what is left is the names'. */
const BOX = 24
const BOX_OF_MANY = 16
/** More boxes than this have no room beside a name. */
const MOST_BOXES = 6
const TALL_ROW = 16
const LOW_ROW = 9
/** Up to so many lines a mark has plenty of room. */
const FEW = 8

export function ballotForm(facts: FormFacts, profile: Profile): Form {
  const { template, medium } = facts
  const frame = frameOf(
    { id: 'ballot', name: ballot.name, title: ballot.titles[template], number: null, hanging: true },
    facts,
    profile,
  )
  return {
    ...frame,
    about: aboutOf(facts.title, facts),
    blocks: [
      ...basis(facts),
      ...(medium === 'phones' ? [between(ballot.sample)] : []),
      ...tables(facts, profile),
      ...instruction(facts, profile),
      ...(medium === 'paper' && FORMS_WITH_OPINIONS.has(template) ? opinions() : []),
    ],
    notes: [],
    signatures: [],
    proof: null,
    running: '',
  }
}

/** "Ý kiến khác" stands on the regulations' forms of evaluation (Mẫu 11). By phone comments are prompts of their own. */
const FORMS_WITH_OPINIONS: ReadonlySet<FormFacts['template']> = new Set(['quality', 'criteria'])

/** Which regulation it is held under. */
function basis({ pack, basis }: FormFacts): readonly Block[] {
  const text = pack?.citation.text ?? basis
  return text === '' ? [] : [between(`(${PAPER.basis(text)})`)]
}

const between = (text: string): Block => ({ kind: 'paragraph', text: italic(text), align: 'centre', indent: false })

/** All subjects as a whole in one table, then person by person what else is asked. */
function tables(facts: FormFacts, profile: Profile): readonly Block[] {
  const whole = facts.lines.filter(({ criterion }) => criterion === null)
  const further = facts.lines.filter(({ criterion }) => criterion !== null)
  return [
    ...(whole.length === 0
      ? []
      : whole[0]!.options.length <= MOST_BOXES
        ? [subjectsTable(facts, whole, profile)]
        : whole.flatMap(line => [about(line, true, profile), ...optionsTable(line, profile)])),
    ...bySubject(further).flatMap(one => [
      ...(one[0]!.subject === null ? [] : [about(one[0]!, whole.length === 0, profile)]),
      ...runsOf(one).flatMap(run => questions(run, profile)),
    ]),
  ]
}

/** Whom the next tables are about, with what the person said of the year where no table has said it. */
function about(line: Line, first: boolean, profile: Profile): Block {
  const { selfScore = '', selfLevel = '' } = line.subject!
  const said = first
    ? [
        ...(selfScore === '' ? [] : [ballot.reference(table.selfScore, selfScore)]),
        ...(selfLevel === '' ? [] : [ballot.reference(table.selfLevel, selfLevel)]),
      ]
    : []
  const reference = said.length === 0 ? '' : ` (${said.join('; ')})`
  return caption(`${PAPER.report.for(whoOf(line, profile))}${reference}:`)
}

const questions = (run: readonly Line[], profile: Profile): readonly Block[] =>
  fits(run) && run[0]!.max === 1 && run[0]!.kind !== 'choice'
    ? [gradesTable(run, profile), ...standards(run)]
    : run.flatMap(line => [...optionsTable(line, profile), ...standards([line])])

const empty: Text = plain('')
const boxes = ({ options }: Line): readonly Text[] => options.map(() => empty)
const rowHeightOf = (rows: number): number => (rows <= FEW ? TALL_ROW : LOW_ROW)

/** One row for each subject. Where nobody is named, positions stand alone. */
function subjectsTable({ template }: FormFacts, lines: readonly Line[], profile: Profile): Block {
  const subjects = lines.map(line => line.subject ?? { name: '', position: '' })
  const named = subjects.some(({ name }) => name !== '')
  const reference = template === 'quality' || subjects.some(one => one.selfScore || one.selfLevel)
  const options = lines[0]!.options
  const box = options.length > 3 ? BOX_OF_MANY : BOX
  const references = reference ? 2 : 0
  const names = textWidth(LAYOUTS[profile]) - ORDER - references * REFERENCE - options.length * box
  const columns: readonly Column[] = [
    { head: table.order, width: ORDER, align: 'centre' },
    ...(named
      ? ([
          { head: table.name, width: names / 2, align: 'left' },
          { head: table.position, width: names / 2, align: 'left' },
        ] as const)
      : [{ head: table.positionAlone, width: names, align: 'left' } as const]),
    ...(reference
      ? [table.selfScore, table.selfLevel].map(
          (head): Column => ({ head, width: REFERENCE, align: 'centre', small: true }),
        )
      : []),
    ...options.map(
      ({ label }): Column => ({ head: label, width: box, align: 'centre', ...(box < BOX ? { small: true } : {}) }),
    ),
  ]
  const rows = lines.map((line, i): readonly Text[] => {
    const { name, position, selfScore = '', selfLevel = '' } = subjects[i]!
    return [
      plain(String(i + 1)),
      ...(named ? [bold(name), plain(position)] : [plain(position)]),
      ...(reference ? [plain(selfScore), plain(selfLevel)] : []),
      ...boxes(line),
    ]
  })
  return { kind: 'table', over: null, columns, rows, rowHeight: rowHeightOf(rows.length) }
}

/** One row for each criterion, or question, that is answered on the same scale; what a grade is worth where all agree. */
function gradesTable(lines: readonly Line[], profile: Profile): Block {
  const options = lines[0]!.options
  const worth = lines.every(line => `${pointsOf(line)}` === `${pointsOf(lines[0]!)}`) ? pointsOf(lines[0]!) : null
  const columns: readonly Column[] = [
    { head: table.order, width: ORDER, align: 'centre' },
    {
      head: asked(lines),
      width: textWidth(LAYOUTS[profile]) - ORDER - options.length * BOX_OF_MANY,
      align: 'left',
    },
    ...options.map(
      ({ label }, o): Column => ({
        head: worth === null ? label : ballot.worth(label, pointsText(worth[o]!)),
        width: BOX_OF_MANY,
        align: 'centre',
        small: true,
      }),
    ),
  ]
  const rows = lines.map((line, i): readonly Text[] => [
    plain(String(i + 1)),
    plain(line.criterion ?? ''),
    ...boxes(line),
  ])
  return { kind: 'table', over: null, columns, rows, rowHeight: LOW_ROW }
}

/** One row for each option. */
function optionsTable(line: Line, profile: Profile): readonly Block[] {
  const { criterion, max, options } = line
  const columns: readonly Column[] = [
    { head: table.order, width: ORDER, align: 'centre' },
    { head: table.choice, width: textWidth(LAYOUTS[profile]) - ORDER - BOX, align: 'left' },
    { head: ballot.mark, width: BOX, align: 'centre' },
  ]
  const rows = options.map(({ label }, i) => [plain(String(i + 1)), plain(label), empty])
  const title = criterion ?? PAPER.results.whole
  return [
    caption(`${max > 1 ? ballot.choose(title, max) : ballot.chooseOne(title)}:`),
    { kind: 'table', over: null, columns, rows, rowHeight: LOW_ROW },
  ]
}

/** What each grade stands for, below its table: once where all criteria agree. */
function standards(lines: readonly Line[]): readonly Block[] {
  const listOf = ({ options }: Line): string =>
    options
      .filter(({ standard }) => standard !== '')
      .map(({ label, standard }) => ballot.standard(label, standard.replace(/\.$/, '')))
      .join('; ')
  const lists = lines.map(listOf)
  if (lists.every(list => list === '')) return []
  if (lists.every(list => list === lists[0]))
    return [paragraph(joined({ text: `${ballot.standards}: `, italic: true }, `${lists[0]}.`))]
  return lines.flatMap(({ criterion }, i) =>
    lists[i] === ''
      ? []
      : [paragraph(joined({ text: `${ballot.standards} – ${criterion}: `, italic: true }, `${lists[i]}.`))],
  )
}

/** How to mark, what spoils the ballot by the rules, that a spoilt one is exchanged, that nobody signs. */
function instruction({ lines, pack }: FormFacts, profile: Profile): readonly Block[] {
  const most = Math.max(...lines.map(({ max }) => max))
  const ways = new Set(lines.map(({ max }) => max)).size
  const how = voiceOf(profile).mark(most === 1 ? ballot.oneBox : ways === 1 ? ballot.boxes(most) : ballot.boxesAsSaid)
  // What nobody saw in the text is not held against a voter.
  const validity = (pack?.validity ?? []).filter(({ basis }) => 'source' in basis)
  const sheet = validity.filter(({ layer }) => layer === 'sheet').map(({ text }) => asClause(text))
  const line = lines.length > 1 ? validity.filter(rule => rule.layer === 'line') : []
  return [
    paragraph(joined({ text: `${ballot.instruction}: `, bold: true }, how)),
    ...(sheet.length === 0 ? [] : [paragraph(ballot.invalid(sheet.join('; ')))]),
    ...line.map(({ text }) => paragraph(text)),
    paragraph(ballot.exchange),
    paragraph(ballot.unsigned),
  ]
}

/** A sentence of a pack, as part of another. */
const asClause = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1).replace(/\.$/, '')

const opinions = (): readonly Block[] => [
  { kind: 'paragraph', text: plain(ballot.opinions), align: 'left', indent: true, keep: true },
  { kind: 'lines', count: 3 },
]
