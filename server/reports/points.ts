/** Means of graded criteria as papers write them: what a grade is worth, of whom a mean is, and what means add up to. */
import { PAPER } from '../../client/words/reports/paper.ts'
import { type Ratio, ratioOf, ratioText } from '../rules/ratio.ts'
import { type Line, pointsOf, type Score, totalsOf } from '../rules/scores.ts'
import type { Profile } from '../wire/leader.ts'
import type { Block } from './form.ts'
import { LAYOUTS, textWidth } from './layout.ts'
import { bySubject, nameOf, titleOf, whoOf } from './lines.ts'
import { caption, paragraph, plain } from './text.ts'

const { results: words, table } = PAPER
/** More subjects than this have their totals in a table. */
const MOST_SENTENCES = 2

/** `8,25`; a dash where nobody marked or nothing is scored. */
export const figureOf = (figure: Ratio | null): string => (figure === null ? '–' : ratioText(figure, ','))

export const meanOf = (score: Pick<Score, 'mean'> | null): string => figureOf(score?.mean ?? null)

/** `10`, `7,5`: of hundredths. */
export const pointsText = (hundredths: number): string =>
  ratioText(ratioOf(hundredths, 100)!, ',')
    .replace(/,00$/, '')
    .replace(/(,\d)0$/, '$1')

/** Below the table of these lines; none where nothing is scored. `tall`: one line, whose mean is not in its table. */
export function meanNotes(lines: readonly Line[], as: 'tall' | 'wide'): readonly Block[] {
  const scored = lines.filter(line => pointsOf(line) !== null)
  if (scored.length === 0) return []
  const notes = [scaleNote(scored)]
  const { score } = scored[0]!
  if (as === 'tall' && score !== null)
    notes.unshift(score.mean === null ? words.noMean : words.mean(figureOf(score.mean), score.marks))
  return notes.map(note => paragraph(note))
}

/** What each grade is worth: once where all lines agree, else line by line. */
function scaleNote(lines: readonly Line[]): string {
  const [first] = lines
  const alike = lines.every(line => `${pointsOf(line)}` === `${pointsOf(first!)}`)
  if (alike)
    return words.scale(first!.options.map(({ label, points }) => words.grade(label, pointsText(points!))).join('; '))
  const ofOne = bySubject(lines).length === 1
  return words.scales(
    first!.options.map(({ label }) => label).join(' – '),
    lines
      .map(line =>
        words.scaleOf(ofOne ? (line.criterion ?? '') : titleOf(line), pointsOf(line)!.map(pointsText).join(' – ')),
      )
      .join('; '),
  )
}

/** The sum of a subject's means, said as what it is. */
export function totalBlocks(lines: readonly Line[], profile: Profile): readonly Block[] {
  const totals = totalsOf(lines)
  if (totals.length <= MOST_SENTENCES)
    return totals.flatMap(total => [
      ...(totals.length > 1 ? [caption(`${PAPER.report.for(whoOf(total, profile))}:`)] : []),
      paragraph(words.total(total.at.length, figureOf(total.sum), figureOf(total.most))),
    ])
  const width = textWidth(LAYOUTS[profile])
  return [
    { ...paragraph(words.totals(totals[0]!.at.length)), keep: true },
    {
      kind: 'table',
      over: null,
      columns: [
        { head: table.order, width: 12, align: 'centre' },
        { head: table.nameAndPosition, width: width - 82, align: 'left' },
        { head: words.totalHead, width: 40, align: 'centre' },
        { head: words.mostHead, width: 30, align: 'centre' },
      ],
      rows: totals.map((total, i) =>
        [String(i + 1), nameOf(total), figureOf(total.sum), figureOf(total.most)].map(text => plain(text)),
      ),
      rowHeight: null,
    },
  ]
}
