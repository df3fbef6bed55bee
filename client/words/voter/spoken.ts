/**
 * The languages that the voter's page speaks just now: Vietnamese at once, English when somebody asks for it, so that
 * nobody else downloads it. The words of screens that come later come with them (`voter/more.ts`), in English with the
 * rest of the English.
 */
import type { Language } from '../language.ts'
import type { SurveyWords } from './survey-vi.ts'
import { vi, type Words } from './vi.ts'

const spoken = new Map<Language, Words>([['vi', vi]])
const survey = new Map<Language, SurveyWords>()

export const speaks = (language: Language): boolean => spoken.has(language)

export const wordsOf = (language: Language): Words => spoken.get(language) ?? vi

export const surveyWordsOf = (language: Language): SurveyWords | undefined => survey.get(language)

/** Resolves to the language that can be spoken then: without a line it stays Vietnamese. */
export async function learn(language: Language): Promise<Language> {
  try {
    if (language === 'en') {
      const { en, surveyEn } = await import('./en.ts')
      spoken.set('en', en)
      survey.set('en', surveyEn)
    }
    return language
  } catch {
    return 'vi'
  }
}
