/** What two people keyed, over any numbers: the arithmetic that pages and server share. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { badCounts, type Difference, differencesOf, numberAt } from '../server/rules/keying.ts'

describe('two keyings', () => {
  const number = fc.nat({ max: 60 })
  const keying = fc.record({
    ...{ printed: number, issued: number, exchanged: number, collected: number },
    invalid: fc.uniqueArray(
      fc.record({ reason: fc.constantFrom('Rách', 'Phiếu trắng', 'Gạch tên'), count: fc.integer({ min: 1, max: 9 }) }),
      {
        selector: ({ reason }) => reason,
      },
    ),
    lines: fc.array(fc.record({ counts: fc.array(number, { minLength: 3, maxLength: 3 }), empty: number }), {
      minLength: 2,
      maxLength: 2,
    }),
  })

  it('differ from one another on both sides alike, and from themselves nowhere', () => {
    fc.assert(
      fc.property(keying, keying, (a, b) => {
        const places = differencesOf(a, b)
        const key = ({ line, what }: Difference) => `${line} ${what}`
        expect(new Set(differencesOf(b, a).map(key))).toEqual(new Set(places.map(key)))
        for (const place of places) {
          expect(Object.keys(place)).toEqual(['line', 'what'])
          expect(numberAt(a, place)).not.toBe(numberAt(b, place))
        }
        expect(differencesOf(a, structuredClone(a))).toEqual([])
        expect(differencesOf(a, { ...b, lines: a.lines }).every(({ line }) => line === null)).toBe(true)
      }),
    )
  })

  it('of a true box are never called impossible', () => {
    const sheet = fc.record({
      invalid: fc.boolean(),
      marks: fc.array(fc.subarray([0, 1, 2]), { minLength: 2, maxLength: 2 }),
    })
    fc.assert(
      fc.property(fc.array(sheet, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), number, (sheets, max, spare) => {
        const valid = sheets.filter(({ invalid }) => !invalid)
        const lines = [0, 1].map(line => {
          const filled = valid.map(({ marks }) => marks[line]!).filter(marks => marks.length > 0 && marks.length <= max)
          const counts = [0, 1, 2].map(option => filled.filter(marks => marks.includes(option)).length)
          return { counts, empty: valid.length - filled.length }
        })
        const invalid = [{ reason: 'Rách', count: sheets.length - valid.length }]
        const issued = sheets.length + spare
        const counted = {
          printed: issued + 2 * spare,
          issued,
          exchanged: spare,
          collected: sheets.length,
          invalid,
          lines,
        }
        const contests = [{ max }, { max }]
        expect(badCounts(counted, contests, issued)).toEqual([])
        if (issued > 0) expect(badCounts(counted, contests, issued - 1).map(({ rule }) => rule)).toEqual(['issued'])
      }),
    )
  })
})
