/** What each role may do; the same table as `server/people.ts`, which decides. A button that would be refused is not there. */
import type { Role } from '../../server/wire/leader.ts'

const MAY = {
  /** Minutes, scans, what follows. */
  write: ['organiser', 'secretary'],
  /** A decision of the competent authority, numbered copies. */
  decide: ['organiser', 'secretary', 'authority'],
  stamp: ['organiser', 'authority'],
  /** Reading what was written, and passing on what it comes to. */
  comments: ['authority'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export const may = (role: Role, act: keyof typeof MAY): boolean => (MAY[act] as readonly Role[]).includes(role)
