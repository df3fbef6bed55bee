/**
 * The result of a whole ballot, of a round by phones or on paper: subject after subject in the ballot's order, groups
 * beside the whole. What the rules say of a line is handed in by pages that know the rules.
 */
import type { ComponentChildren } from 'preact'
import type { Line, Union } from '../server/rules/scores.ts'
import { ByGroup, Unions } from './groups.tsx'
import type { Chart } from './judged.ts'
import { bySubject, calledOf } from './lines.ts'
import { Note } from './parts.tsx'
import { SubjectResult } from './results.tsx'
import type { Language } from './words/language.ts'
import { RESULTS } from './words/results.ts'

/** What was opened. */
export interface Opened {
  readonly lines: readonly Line[]
  /** Groups that were opened together; none of a round on paper. */
  readonly unions: readonly Union[]
  /** A group with fewer ballots is never opened by itself. */
  readonly minimum: number
}

interface BallotProps {
  readonly opened: Opened
  /** Bars with thresholds; without: one bar of all ballots. */
  readonly chartsOf?: ((line: Line) => readonly Chart[]) | undefined
  /** What stands below a line. */
  readonly below?: ((line: Line) => ComponentChildren) | undefined
  readonly onPaper?: boolean
  /** Of subjects' names. */
  readonly level: 'h2' | 'h3'
  readonly language: Language
}

/** How the ballot was opened: in which groups, or that there were too few ballots to open anything. */
export const HowOpened = ({ opened: { lines, ...groups }, language }: Pick<BallotProps, 'opened' | 'language'>) =>
  lines.every(({ score }) => score === null) ? (
    <Note tone="attention">{RESULTS[language].nothingOpened}</Note>
  ) : (
    <Unions {...groups} language={language} />
  )

/** Every subject under its name: the whole first, groups after it. */
export function BallotResult({ opened, chartsOf, below, onPaper = false, level, language }: BallotProps) {
  const Title = level
  const counted = opened.lines.filter(({ score }) => score !== null)
  return (
    <>
      <HowOpened opened={opened} language={language} />
      {bySubject(counted).map(({ subject, lines }) => {
        const under = subject === null ? level : level === 'h2' ? 'h3' : 'h4'
        const common = { lines, level: under, language } as const
        return (
          <section key={lines[0]!.at} class="contest">
            {subject === null ? null : <Title>{calledOf(subject)}</Title>}
            <SubjectResult {...common} chartsOf={chartsOf} below={below} onPaper={onPaper} />
            <ByGroup {...common} unions={opened.unions} ruled={hasThresholds(lines, chartsOf)} />
          </section>
        )
      })}
    </>
  )
}

export const hasThresholds = (lines: readonly Line[], chartsOf: BallotProps['chartsOf']): boolean =>
  lines.some(line => (chartsOf?.(line) ?? []).some(chart => chart.lines.length > 0))
