/** Every sentence of the leader's page, by language; one file for each part of it. */
import type { Language } from './language.ts'
import { COMMENTS } from './leader/comments.ts'
import { DOORS } from './leader/doors.ts'
import { FOLLOW } from './leader/follow.ts'
import { PAGE } from './leader/page.ts'
import { PAPERS } from './leader/papers.ts'
import { LOGIN } from './login.ts'
import { DOORS as ORGANISER_DOORS } from './organiser/doors.ts'
import { REFUSALS } from './organiser/refusals.ts'
import { STATEMENT } from './organiser/statement.ts'
import { BAR } from './reports/bar.ts'
import { RESULTS } from './results.ts'
import { RULES } from './rules.ts'

const wordsOf = (language: Language) => ({
  ...DOORS[language],
  result: PAGE[language],
  follow: FOLLOW[language],
  papers: PAPERS[language],
  comments: COMMENTS[language],
  login: LOGIN[language],
  rules: RULES[language],
  results: RESULTS[language],
  print: BAR[language],
  states: ORGANISER_DOORS[language].states,
  statesOnPaper: ORGANISER_DOORS[language].statesOnPaper,
  qualities: STATEMENT[language].qualities,
  refusals: REFUSALS[language],
})

export type LeaderWords = ReturnType<typeof wordsOf>

export const WORDS: Readonly<Record<Language, LeaderWords>> = { vi: wordsOf('vi'), en: wordsOf('en') }
