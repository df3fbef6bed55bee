/** Every sentence of the organiser's pages, by language; one file for each part of the way. */
import { FINDINGS } from './findings.ts'
import type { Language } from './language.ts'
import { BALLOT } from './organiser/ballot.ts'
import { COUNT } from './organiser/count.ts'
import { DOORS } from './organiser/doors.ts'
import { DRAFT } from './organiser/draft.ts'
import { GROUPS } from './organiser/groups.ts'
import { PAPER_ROUND } from './organiser/paper.ts'
import { PEOPLE } from './organiser/people.ts'
import { REFUSALS } from './organiser/refusals.ts'
import { DRAFT_RULES } from './organiser/rules.ts'
import { SEAL } from './organiser/seal.ts'
import { STATEMENT } from './organiser/statement.ts'
import { VOTE } from './organiser/vote.ts'

const wordsOf = (language: Language) => ({
  ...DOORS[language],
  draft: DRAFT[language],
  ballot: BALLOT[language],
  groups: GROUPS[language],
  rules: DRAFT_RULES[language],
  seal: SEAL[language],
  vote: VOTE[language],
  statement: STATEMENT[language],
  count: COUNT[language],
  people: PEOPLE[language],
  paper: PAPER_ROUND[language],
  refusals: REFUSALS[language],
  faults: FINDINGS[language].faults,
})

export type OrganiserWords = ReturnType<typeof wordsOf>

export const WORDS: Readonly<Record<Language, OrganiserWords>> = { vi: wordsOf('vi'), en: wordsOf('en') }
