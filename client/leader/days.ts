/** Days as people read them; stored as `2026-12-05`. */
import type { Language } from '../words/language.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** `05/12/2026`, `5 December 2026`; what is no day stands as it is. */
export function dayIn(day: string, language: Language): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (date === undefined) return day
  return language === 'vi' ? `${date}/${month}/${year}` : `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`
}
