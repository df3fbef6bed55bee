/** Figures as official papers write them: integers throughout, two decimals, half up. */

/** Hundredths of a per cent of `n` in `of`, rounded half up; null where there is nothing to divide by. */
export function hundredths(n: number, of: number): number | null {
  if (of <= 0) return null
  return Math.floor((20_000 * n + of) / (2 * of))
}

/** `40,43` or `40.43`; a dash where there is nothing to divide by. */
export function percentage(n: number, of: number, mark: ',' | '.'): string {
  const found = hundredths(n, of)
  if (found === null) return '–'
  return `${Math.floor(found / 100)}${mark}${String(found % 100).padStart(2, '0')}`
}

/** Hundredths of a point as they are written: `4`, `3,5`. */
export const pointsText = (hundredths: number, mark: ',' | '.'): string => String(hundredths / 100).replace('.', mark)

/** A day as people write it: `05/12/2026`; in English as it is sorted, since days and months are read both ways there. */
export const dayIn = (day: string, language: 'vi' | 'en'): string =>
  language === 'vi' ? day.split('-').reverse().join('/') : day

/** A day that nobody reads the wrong way round: `5 tháng 12, 2026`. */
export const longDay = (day: string, language: 'vi' | 'en'): string =>
  new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
