import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { type Case, parseCase } from '../server/play/case.ts'
import { secureRng } from '../server/play/seed.ts'
import { readRulebook } from '../server/rulebook.ts'
import { readOutcome, rulesWith } from '../server/rules/outcome.ts'
import { countedByHand, play, sum, writtenByHand } from './play.ts'

const folder = join(import.meta.dirname, 'cases')
const files = readdirSync(folder).filter(name => name.endsWith('.json'))
const packs = readRulebook()
const read = (file: string): Case => parseCase(readFileSync(join(folder, file), 'utf8'), packs)

describe('every bundled case, played as a whole poll', () => {
  for (const file of files)
    it(`${file} gives exactly its counts, in a record that holds`, { timeout: 600_000 }, async () => {
      const plan = read(file)
      const { record, played } = await play(plan)
      const report = await verify(chunksOf(record), { rng: secureRng, rules: rulesWith(packs) })
      const open = report.checks.filter(({ status }) => status !== 'holds')
      expect(open.map(({ check, status }) => [check, status])).toEqual(plan.rules === null ? [[13, 'none']] : [])
      expect(report.result?.unions).toEqual(countedByHand(plan))
      const ballots = sum(plan.votes.map(v => v.count))
      expect(played.texts).toEqual(ballots >= plan.minimumBallots ? writtenByHand(plan) : null)
    })
})

describe('the published figures', () => {
  it('of Vĩnh Phúc, 13/12/2023, are 19, 2 and 25 of 47, one line unmarked', () => {
    expect(countedByHand(read('vinh-phuc-2023.json'))).toMatchObject([{ ballots: 47, counts: [[19, 2, 25]] }])
  })
  it('of Tây Ninh, 7/12/2023, are 21, 27 and 1 of 49 in one of 29 lines', () => {
    const [union] = countedByHand(read('tay-ninh-2023.json'))
    expect(union!.ballots).toBe(49)
    expect(union!.counts).toHaveLength(29)
    expect(union!.counts).toContainEqual([21, 27, 1])
  })
  it('of a council are 41 subjects in five categories of 3, 20, 5, 11 and 2, with 60 voters', () => {
    const plan = read('council-41.json')
    const categories = [...new Set(plan.contests.map(({ category }) => category))]
    expect(categories.map(name => plan.contests.filter(c => c.category === name).length)).toEqual([3, 20, 5, 11, 2])
    expect(sum(plan.votes.map(v => v.count))).toBe(60)
  })
})

describe('the case under rules', () => {
  it('has two subjects above half, one of them at exactly two thirds, about whom texts differ', async () => {
    const { record } = await play(read('so-a-2026.json'))
    const { text } = JSON.parse(record.trimEnd().split('\n').at(-1)!) as { readonly text: string }
    const { outcome } = readOutcome(text)
    const [main] = outcome.packs
    const bands = main!.subjects.map(({ findings }) => findings.find(({ kind }) => kind === 'band')!)
    expect(bands.map(({ numerator, denominator }) => [numerator, denominator])).toEqual([
      [26, 48],
      [32, 48],
    ])
    expect(new Set(bands.map(({ band }) => band)).size).toBe(2)
    expect(bands.every(({ band }) => band !== null)).toBe(true)
    expect(outcome.differ).toEqual([1])
  })
})
