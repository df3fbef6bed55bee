/** Vietnamese first, English on request; the choice stays on the device. */
import { read, write } from '../keep.ts'

export const LANGUAGES = ['vi', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const NAME = 'language'

export const languageOfDevice = (): Language => (read('device', NAME) === 'en' ? 'en' : 'vi')

export function chooseLanguage(language: Language): void {
  write('device', NAME, language)
  document.documentElement.lang = language
}
