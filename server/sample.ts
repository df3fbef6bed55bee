/**
 * The rehearsal poll that waits on a fresh machine: the confidence ballot in force, from the draft to what follows from
 * its count. Positions and lettered units only, nobody's name.
 */
import type { Rng } from '../crypto/bytes.ts'
import { Conflict, type Databases, type Directory } from './db.ts'
import { emptyDraft } from './draft.ts'
import { makePoll } from './organising.ts'
import type { Rulebook } from './packs.ts'
import { packHex, readPack } from './rules/read.ts'
import { writeOnce } from './store/account.ts'
import { readListing } from './store/listing.ts'
import type { Draft } from './wire.ts'

const RULES = 'tin-nhiem-96-QD-TW'

/** Where there is no poll, and never was one: the sample is there. `address`: where the organiser sits. */
export async function makeSample(databases: Databases, rng: Rng, address: string, { packs }: Rulebook): Promise<void> {
  const { directory } = databases
  if ((await readListing(directory)).length > 0 || !(await isFirst(directory))) return
  await makePoll(databases, rng, address, { rehearsal: true, follows: null, draft: sampleDraft(address, packs) })
}

/** True once, ever, whichever processes begin at the same time. */
async function isFirst(directory: Directory): Promise<boolean> {
  try {
    await directory.write([writeOnce(directory, 'sample', 'made')])
    return true
  } catch (error) {
    if (error instanceof Conflict) return false
    throw error
  }
}

/** `packs`: the texts that came with the program. */
export function sampleDraft(address: string, packs: readonly string[]): Draft {
  const text = packs.find(one => readPack(one).id === RULES)
  if (text === undefined) throw new Error(`no rule pack ${RULES}`)
  const { citation, template, disclosure } = readPack(text)
  return {
    ...emptyDraft(address),
    title: 'Lấy phiếu tín nhiệm đối với người đứng đầu',
    unit: 'Sở A',
    basis: citation.text,
    period: 'Năm 2026',
    subjects: [{ name: '', position: 'Giám đốc Sở A' }],
    template,
    pack: packHex(text),
    convened: 9,
    members: ['Tổ trưởng', 'Tổ viên 1', 'Tổ viên 2'],
    minimumBallots: 3,
    disclosure: disclosure.default,
  }
}
