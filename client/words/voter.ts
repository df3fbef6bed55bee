/** Every sentence of the voter's page, by language. */
import type { Language } from './language.ts'
import { en } from './voter/en.ts'
import { vi, type Words } from './voter/vi.ts'

export type VoterWords = Words
export const VOTER_WORDS: Readonly<Record<Language, Words>> = { vi, en }
