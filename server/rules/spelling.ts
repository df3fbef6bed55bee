/**
 * Names as people compare them. Vietnamese is written with the tone on one vowel or the other (`uỷ`, `ủy`; `hoà`, `hòa`),
 * with accents in one character or several, in capitals or not: it is the same name.
 */

/** Grave, acute, tilde, hook and dot below: what may stand on one vowel of a syllable or the other. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

/** One way of writing for all that are the same; empty for a name that is not there. */
export const plainSpelling = (name: string): string =>
  name
    .trim()
    .toLocaleLowerCase('vi')
    .normalize('NFD')
    .split(/\s+/)
    .map(syllable => syllable.replaceAll(TONES, '') + (syllable.match(TONES) ?? []).join(''))
    .join(' ')
    .normalize('NFC')
