/** The paper ballot (regulations, section 6.4): for whoever cannot vote by phone, and for a round held on paper. */
import { PAPER } from '../../client/words/reports/paper.ts'
import type { Profile } from '../wire/leader.ts'
import type { FormFacts, Line } from './facts.ts'
import type { Block, Column, Form, Text } from './form.ts'
import { aboutOf, frameOf } from './head.ts'
import { LAYOUTS, textWidth, voiceOf } from './layout.ts'
import { bySubject, whoOf } from './results.ts'
import { bold, caption, italic, joined, paragraph, plain } from './text.ts'

const { ballot, table } = PAPER
const ORDER = 10
const REFERENCE = 16
/** Of a box to mark, at least; what is left is the names'. */
const BOX = 24
const BOX_OF_MANY = 16
const TALL_ROW = 16
const LOW_ROW = 9
/** Up to so many lines a mark has plenty of room. */
const FEW = 8

export function ballotForm(facts: FormFacts, profile: Profile): Form {
  const { template } = facts
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
      ...tables(facts, profile),
      ...instruction(facts, profile),
      ...(template === 'quality' || template === 'criteria' ? opinions() : []),
    ],
    notes: [],
    signatures: [],
    proof: null,
    running: '',
  }
}

/** Which regulation it is held under. */
function basis({ pack, basis }: FormFacts): readonly Block[] {
  const text = pack?.citation.text ?? basis
  return text === ''
    ? []
    : [{ kind: 'paragraph', text: italic(`(${PAPER.basis(text)})`), align: 'centre', indent: false }]
}

function tables(facts: FormFacts, profile: Profile): readonly Block[] {
  const { lines } = facts
  if (lines.every(({ criterion }) => criterion === null)) return [subjectsTable(facts, profile)]
  return bySubject(lines).flatMap(one => [
    caption(`${PAPER.report.for(whoOf(one[0]!, profile))}:`),
    criteriaTable(one, profile),
  ])
}

const empty: Text = plain('')
const boxes = ({ options }: Line): readonly Text[] => options.map(() => empty)
const rowHeightOf = (rows: number): number => (rows <= FEW ? TALL_ROW : LOW_ROW)

/** One row for each subject. Where nobody is named, positions stand alone. */
function subjectsTable({ lines, template }: FormFacts, profile: Profile): Block {
  const named = lines.some(({ name }) => name !== '')
  const reference = template === 'quality'
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
  const rows = lines.map((line, i): readonly Text[] => [
    plain(String(i + 1)),
    ...(named ? [bold(line.name), plain(line.position)] : [plain(line.position)]),
    ...(reference ? [empty, empty] : []),
    ...boxes(line),
  ])
  return { kind: 'table', over: null, columns, rows, rowHeight: rowHeightOf(rows.length) }
}

/** One row for each criterion of one subject. */
function criteriaTable(lines: readonly Line[], profile: Profile): Block {
  const options = lines[0]!.options
  const columns: readonly Column[] = [
    { head: table.order, width: ORDER, align: 'centre' },
    {
      head: table.criterion,
      width: textWidth(LAYOUTS[profile]) - ORDER - options.length * BOX_OF_MANY,
      align: 'left',
    },
    ...options.map(({ label }): Column => ({ head: label, width: BOX_OF_MANY, align: 'centre', small: true })),
  ]
  const rows = lines.map((line, i): readonly Text[] => [
    plain(String(i + 1)),
    plain(line.criterion ?? line.position),
    ...boxes(line),
  ])
  return { kind: 'table', over: null, columns, rows, rowHeight: LOW_ROW }
}

/** How to mark, what spoils the ballot by the rules, that a spoilt one is exchanged, that nobody signs. */
function instruction({ lines, pack }: FormFacts, profile: Profile): readonly Block[] {
  const max = Math.max(...lines.map(line => line.max))
  const how = voiceOf(profile).mark(max === 1 ? ballot.oneBox : ballot.boxes(max))
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
