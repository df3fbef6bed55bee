/** A counted poll under a rule pack, played in memory: twelve ballots, of which exactly two thirds mark the lowest. */
import { parseCase } from '../server/play/case.ts'
import { playPoll } from '../server/play/poll.ts'
import { seededRng } from '../server/play/seed.ts'
import { readRulebook } from '../server/rulebook.ts'
import type { Pack } from '../server/rules/pack.ts'
import { packHex, readPack } from '../server/rules/read.ts'

export interface RuledPoll {
  readonly record: string
  /** Texts inside the record. */
  readonly manifest: string
  readonly closing: string
  readonly outcome: string
  /** The pinned pack and those alongside. */
  readonly packs: readonly {
    readonly id: string
    readonly version: number
    readonly text: string
    readonly sha256: string
  }[]
}

const SHIPPED = 'tin-nhiem-96-QD-TW'
export const shipped = (id: string = SHIPPED): string => readRulebook().find(text => readPack(text).id === id)!

/** A pack as a unit of its own would freeze it: no program comes with it. */
const LOCAL = 'quy-che-so-a'
export const localPack = (): string => {
  const pack: Pack = JSON.parse(shipped())
  return `${JSON.stringify({ ...pack, id: LOCAL, title: 'Quy chế lấy phiếu của Sở A' }, null, 2)}\n`
}

export async function ruledPoll(pack: string = shipped(), seed = 4): Promise<RuledPoll> {
  const { id, options } = readPack(pack)
  const texts = [pack, ...readRulebook()]
  const line = (option: number, count: number) => ({ group: 'staff', count, choices: { head: [option] } })
  const plan = parseCase(
    JSON.stringify({
      title: 'Lấy phiếu tín nhiệm đối với Giám đốc Sở A',
      trustees: 3,
      threshold: 2,
      minimumBallots: 3,
      groups: [{ id: 'staff', label: 'Người tham dự', cards: 15, handedOut: 13 }],
      contests: [{ id: 'head', title: 'Giám đốc Sở A', options: options.map(o => o.label), min: 0, max: 1 }],
      votes: [line(0, 3), line(1, 1), line(2, 8)],
      rules: {
        pack: id,
        statement: {
          date: '2026-12-05',
          attendance: { convened: 15, present: 13 },
          members: 15,
          histories: [[{ year: 2025, low: 3, of: 14 }]],
          classified: null,
        },
      },
    }),
    texts,
  )
  const record: string[] = []
  for await (const one of playPoll(plan, n => `Tổ viên ${n}`, seededRng(seed))) record.push(one)
  const textOf = (type: string): string => JSON.parse(record.find(one => one.startsWith(`{"type":"${type}"`))!).text
  const hashes = [packHex(pack), ...readPack(pack).alongside.map(({ sha256 }) => sha256)]
  return {
    record: record.join(''),
    manifest: textOf('manifest'),
    closing: textOf('closing'),
    outcome: textOf('outcome'),
    packs: hashes.map(sha256 => {
      const text = texts.find(one => packHex(one) === sha256)!
      return { id: readPack(text).id, version: readPack(text).version, text, sha256 }
    }),
  }
}
