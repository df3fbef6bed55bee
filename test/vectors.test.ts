import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { secureRng } from '../server/play/seed.ts'
import { makeVectors, textOf, VECTORS } from './vectors.ts'

describe('the frozen vectors of phieukin/v1', () => {
  const made = makeVectors()
  it('are the files that are there', () => {
    expect(readdirSync(VECTORS).sort()).toEqual(
      Object.keys(made)
        .map(name => `${name}.json`)
        .sort(),
    )
  })
  for (const [name, vectors] of Object.entries(made))
    it(`come out the same again: ${name}`, () => {
      expect(textOf(vectors)).toBe(readFileSync(join(VECTORS, `${name}.json`), 'utf8'))
    })
  it('hold a record that verifies', async () => {
    const { lines } = JSON.parse(readFileSync(join(VECTORS, 'record.json'), 'utf8'))
    const report = await verify(chunksOf(lines.map((line: string) => `${line}\n`).join('')), { rng: secureRng })
    expect(report).toMatchObject({ ok: true, complete: true })
  })
})
