/** The English of `survey-vi.ts`. */
import type { SurveyWords } from './survey-vi.ts'

export const surveyEn: SurveyWords = {
  listing: {
    title: 'Everybody on the ballot',
    marked: (n, of) => `Marked ${n} / ${of}`,
    search: 'Search by name or position',
    unmarked: n => `Show only what is not marked (${n})`,
    blank: 'Not marked',
    partly: (n, of) => `Marked ${n} / ${of} questions`,
    none: 'There is no such item.',
    next: 'Go on marking',
    review: 'Review your ballot',
  },
  reviewing: {
    blank: n => (n === 1 ? '1 item is left empty' : `${n} items are left empty`),
    full: 'Nothing is left empty.',
    see: 'See what is left empty',
    of: (what, n) => `${what}: ${n}`,
    texts: 'Written comments',
    nothing: 'Nothing written',
    telling: 'Something in it may tell who wrote it. Press Change to see.',
  },
  writing: {
    count: (n, of) => `Written comment ${n} / ${of}`,
    readers: 'Who reads this?',
    reads: atLeast =>
      `Only the counting team and the competent authority, and only when at least ${atLeast} people wrote something. It is never public and not tied to the marks on the ballot.`,
    templates: 'Begin with',
    starts: ['Should go on: ', 'Should change: ', 'Proposal: '],
    empty: 'You need not write: the phone sends a sealed envelope all the same, exactly like every other.',
    left: (letters, bytes) => `Room for about ${letters} letters (${bytes} bytes).`,
    full: 'It just fits.',
    over: (letters, bytes) => `Too long by about ${letters} letters (${bytes} bytes). Please shorten it.`,
    warning: 'This may tell who wrote it',
    optional: 'It is for you to decide: it can be sent, and no letter is changed.',
    quoted: (what, where) => `${what}: ${where.map(one => `“${one}”`).join(', ')}`,
    telling: {
      name: 'A name',
      date: 'A date',
      time: 'A time of day',
      number: 'A phone number or the number of a paper',
      address: 'A mail address or a link',
      self: 'Words about yourself',
      unit: 'A room, team or place of work',
      spelling: 'Rare spelling that colleagues may recognise',
      shorthand: 'Abbreviations and stretched letters as in text messages',
      unaccented: 'Without Vietnamese accents, or in another language: colleagues may recognise that',
      capitals: 'Written in capitals throughout',
      emoji: 'Emoji, rows of exclamation marks',
    },
  },
}
