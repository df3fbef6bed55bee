import { describe, expect, it } from 'vitest'
import { utf8 } from '../crypto/bytes.ts'
import { attempt, attemptAsync, type Fault, refuse } from '../crypto/fault.ts'
import { readPoint, wideScalar } from '../crypto/group.ts'
import { proveMembership } from '../crypto/proof.ts'
import { RecordReader } from '../crypto/record.ts'
import { seededRng } from '../server/play/seed.ts'
import { goodLines, join, poll } from './mutations/row.ts'
import { codeIn } from './poll.setup.ts'

/** Reads to the end: how many lines, or why not. */
async function readAll(pieces: Iterable<Uint8Array>): Promise<number | string> {
  let fault: Fault | null = null
  const lines = await attemptAsync(
    async () => {
      const reader = new RecordReader(pieces)
      for (let line = await reader.peek(); line; line = await reader.peek()) await reader.take(line.type)
      return reader.number
    },
    found => {
      fault = found
    },
  )
  return lines ?? `${fault!.code} at ${fault!.where}`
}

describe('a record read as a stream', () => {
  const record = utf8(join(goodLines))

  it('gives the same lines in pieces of any size', async () => {
    for (const size of [1, 100, record.length]) {
      const pieces = Array.from({ length: Math.ceil(record.length / size) }, (_, i) =>
        record.subarray(i * size, (i + 1) * size),
      )
      expect(await readAll(pieces)).toBe(goodLines.length)
    }
  })

  it('may come in a buffer that is used again for the next piece', async () => {
    function* reused() {
      const buffer = new Uint8Array(64)
      for (let at = 0; at < record.length; at += 64) {
        const piece = record.subarray(at, at + 64)
        buffer.set(piece)
        yield buffer.subarray(0, piece.length)
      }
    }
    expect(await readAll(reused())).toBe(goodLines.length)
  })

  it('is refused where a line is no UTF-8', async () => {
    const spoilt = record.slice()
    const second = goodLines[0]!.length + 30
    spoilt[second] = 0xff
    expect(await readAll([spoilt])).toMatch(/^not-utf8 at line 1$|^not-utf8 at line 2$/)
  })

  it('is refused before a line without end fills the memory', async () => {
    function* endless() {
      yield utf8(`${goodLines[0]}\n`)
      for (let i = 0; i < 65; i++) yield new Uint8Array(2 ** 20).fill(0x20)
    }
    expect(await readAll(endless())).toBe('line-too-long at line 2')
  })
})

describe('what is thrown', () => {
  it('is a refusal, which becomes a value, or a bug, which passes through', async () => {
    const bug = () => {
      throw new TypeError('a bug')
    }
    const faults: Fault[] = []
    expect(
      attempt(
        () => refuse('duplicate', 'here'),
        fault => faults.push(fault),
      ),
    ).toBeNull()
    expect(
      await attemptAsync(
        async () => refuse('duplicate', 'there'),
        fault => faults.push(fault),
      ),
    ).toBeNull()
    expect(faults.map(({ where }) => where)).toEqual(['here', 'there'])
    expect(() => attempt(bug, fault => faults.push(fault))).toThrow(TypeError)
    await expect(
      attemptAsync(
        async () => bug(),
        fault => faults.push(fault),
      ),
    ).rejects.toThrow(TypeError)
    expect(faults).toHaveLength(2)
  })

  it('is a bug where nobody outside can have caused it', () => {
    const rng = seededRng(1)
    const { manifest } = poll
    const K = manifest.electionKey
    const ciphertext = { alpha: K, beta: K }
    const statement = { manifestHash: manifest.hash, key: K.bytes, group: 0, contest: 0, option: 0, ciphertext }
    const r = wideScalar(rng(64))
    expect(() => proveMembership({ ...statement, values: [0, 1] }, K.point, r, 1, rng)).not.toThrow()
    expect(() => proveMembership({ ...statement, values: [0, 1] }, K.point, r, 2, rng)).toThrow(RangeError)
    expect(() => wideScalar(rng(63))).toThrow(RangeError)
  })

  it('names the wrong length of a point as such', () => {
    const { bytes } = poll.manifest.electionKey
    expect(codeIn(() => readPoint(bytes, 'K'))).toBeNull()
    expect(codeIn(() => readPoint(bytes.subarray(1), 'K'))).toBe('wrong-length')
    expect(codeIn(() => readPoint(Uint8Array.of(...bytes, 0), 'K'))).toBe('wrong-length')
  })
})
