/** Every row of the table, the honest records too, and what the verifier says to one. */
import { chunksOf } from '../../crypto/record.ts'
import { verify } from '../../crypto/verify.ts'
import { secureRng } from '../../server/play/seed.ts'
import { lineRows } from './lines.ts'
import { openingRows, RULES, ruled, selfOpening } from './opening.ts'
import { goodLines, join, placeOf, poll, type Row, rebuilt } from './row.ts'
import { setupRows } from './setup.ts'
import { votingRows } from './voting.ts'

type Tried = Pick<Row, 'name' | 'record' | 'options'>

const honest: readonly Tried[] = [
  { name: 'the honest record', record: () => join(goodLines) },
  { name: 'the board', record: () => join(goodLines.slice(0, placeOf('open'))) },
  { name: 'the outcome', record: () => ruled('{"ballots":9}'), options: { rules: RULES } },
  { name: 'the outcome without its rules', record: () => ruled('{"ballots":9}') },
  { name: 'a sum that opens by itself', record: selfOpening },
  { name: 'the poll asked for', record: () => join(goodLines), options: { asked: poll.manifest.hash } },
  { name: 'three members', record: () => rebuilt({ openers: [1, 2, 3], signers: [1, 2, 3] }) },
]

/** Honest records first: a guard that fires in them is missed at once. */
export const rows: readonly Tried[] = [...honest, ...lineRows, ...setupRows, ...votingRows, ...openingRows]

/** All that a report says, as one text to compare. */
export async function verdictOf(record: string, { options = {} }: Tried): Promise<string> {
  const { checks, complete, result } = await verify(chunksOf(record), { rng: secureRng, ...options })
  return JSON.stringify({ checks, complete, result })
}
