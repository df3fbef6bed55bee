/** Every sentence of the counting team's page, by language. */
import type { Language } from './language.ts'
import { en } from './trustee/en.ts'
import { vi, type Words } from './trustee/vi.ts'

export type TrusteeWords = Words
export const TRUSTEE_WORDS: Readonly<Record<Language, Words>> = { vi, en }
