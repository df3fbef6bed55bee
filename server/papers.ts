/**
 * Signed papers, scanned; the secrecy stamp, which people set and the program never decides; and the numbered copies of
 * what is printed under it. With a stamp no file leaves by any channel: whoever gives one out asks `mayLeave` first. Pages still
 * show what accounts may read.
 */
import { Conflict, type Db } from './db.ts'
import { numbered, whileCounted } from './entries.ts'
import type { Person } from './people.ts'
import { no } from './refusals.ts'
import type { FormId } from './reports/form.ts'
import { insertCopy, insertScan, readCopies, readScans, updateStamp, whileStamp } from './store/dossier.ts'
import type { PollRow } from './store/polls.ts'
import type { Stamp } from './wire/leader.ts'

const STAMPS: readonly Stamp[] = ['', 'mat', 'toi-mat', 'tuyet-mat']
export const FORMS = ['ballot', 'minutes', 'announcement', 'report'] as const satisfies readonly FormId[]
export const MOST_SCAN_BYTES = 20 * 1024 * 1024
const MOST_SCANS = 20
/** Of one poll together: its archive is made in memory. */
const MOST_SCANNED_BYTES = 3 * MOST_SCAN_BYTES
const MOST_COPIES = 999

/** Refuses `secret`. */
export function mayLeave({ stamp }: Pick<PollRow, 'stamp'>): void {
  if (stamp !== '') no('secret')
}

/** By its first bytes: what it says of itself is not asked. */
const TYPES: readonly { readonly type: string; readonly ending: string; readonly magic: readonly number[] }[] = [
  { type: 'application/pdf', ending: 'pdf', magic: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'image/png', ending: 'png', magic: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', ending: 'jpg', magic: [0xff, 0xd8, 0xff] },
]

const typeOf = (bytes: Uint8Array) => TYPES.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte))

/** Refuses `secret`, `bad-request` for what is no PDF, PNG or JPEG, `too-large` for one too many, `wrong-state`. */
export async function addScan(
  db: Db,
  row: PollRow,
  person: Person,
  name: string,
  type: string,
  bytes: Uint8Array,
): Promise<void> {
  mayLeave(row)
  const found = typeOf(bytes)
  if (found === undefined || found.type !== type) return no('bad-request', 'content-type')
  const { id } = row
  await numbered(
    async () => {
      const scans = await readScans(db, id)
      const all = scans.reduce((sum, { size }) => sum + size, bytes.length)
      return scans.length < MOST_SCANS && all <= MOST_SCANNED_BYTES ? (scans.at(-1)?.n ?? 0) : no('too-large', 'scans')
    },
    n =>
      db.write([
        whileCounted(db, id),
        whileStamp(db, id, ['']),
        insertScan(db, { poll: id, n, name, type, bytes, by_name: person.name }),
      ]),
  )
}

/** A file name that every system takes. */
export const scanFile = (n: number, type: string): string => `scan-${n}.${TYPES.find(one => one.type === type)!.ending}`

/** Raised or left as it is. Refuses `wrong-state`. */
export async function setStamp(db: Db, { id }: PollRow, stamp: Stamp): Promise<void> {
  const from = STAMPS.slice(0, STAMPS.indexOf(stamp) + 1)
  try {
    await db.write([whileCounted(db, id), updateStamp(db, id, from, stamp)])
  } catch (error) {
    if (error instanceof Conflict) no('wrong-state')
    throw error
  }
}

/** The number under which somebody prints. Refuses `wrong-state` without a stamp. */
export function numberCopy(db: Db, { id }: PollRow, person: Person, form: FormId, recipient: string): Promise<number> {
  return numbered(
    async () => {
      const last = (await readCopies(db, id)).at(-1)?.number ?? 0
      return last < MOST_COPIES ? last : no('too-large', 'copies')
    },
    number =>
      db.write([
        whileCounted(db, id),
        whileStamp(db, id, STAMPS.slice(1)),
        insertCopy(db, { poll: id, number, form, recipient, by_name: person.name }),
      ]),
  )
}

/** Under a stamp, the copy as which a form is printed: one that was numbered for it. Null without. Refuses `secret`. */
export async function copyOf(db: Db, { id, stamp }: PollRow, form: FormId, number: string): Promise<number | null> {
  if (stamp === '') return null
  const copy = (await readCopies(db, id)).find(one => String(one.number) === number)
  return copy?.form === form ? copy.number : no('secret')
}
