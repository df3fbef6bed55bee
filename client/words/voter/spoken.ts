/**
 * The languages that the voter's page speaks just now: Vietnamese at once, English when somebody asks for it, so that
 * nobody else downloads it.
 */
import type { Language } from '../language.ts'
import { vi, type Words } from './vi.ts'

const spoken = new Map<Language, Words>([['vi', vi]])

export const speaks = (language: Language): boolean => spoken.has(language)

export const wordsOf = (language: Language): Words => spoken.get(language) ?? vi

/** Resolves to the language that can be spoken then: without a line it stays Vietnamese. */
export async function learn(language: Language): Promise<Language> {
  try {
    if (language === 'en') spoken.set('en', (await import('./en.ts')).en)
    return language
  } catch {
    return 'vi'
  }
}
