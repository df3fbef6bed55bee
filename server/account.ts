/**
 * The organiser's account: one password, set through a link that the terminal shows once, and sessions.
 *
 * Trust: who has the password runs the polls, as far as one person can: opening, closing, voiding and publishing need a
 * member's signature besides. Of a session only the hash of its token is stored.
 */
import { scrypt, timingSafeEqual } from 'node:crypto'
import { fromBase64url, type Rng, toBase64url, utf8 } from '../crypto/bytes.ts'
import { sha256 } from '../crypto/transcript.ts'
import { Conflict, type Db, DiskFull } from './db.ts'
import { newName } from './draft.ts'
import { no } from './refusals.ts'
import {
  deleteOldSessions,
  deleteSession,
  deleteSessions,
  emptySetting,
  findSession,
  insertSession,
  readSetting,
  touchSession,
  writeSetting,
} from './store/account.ts'

const LEAST_CHARS = 10
const MOST_CHARS = 200
const IDLE_MS = 2 * 60 * 60 * 1000
const ABSOLUTE_MS = 12 * 60 * 60 * 1000
/** 64 MiB and some 100 ms: dear for whoever guesses, and off the event loop. */
const SCRYPT = { N: 65_536, r: 8, p: 1, maxmem: 128 * 1024 * 1024 }

const derive = (password: string, salt: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, 32, SCRYPT, (error, key) => (error ? reject(error) : resolve(key)))
  })

export const hasPassword = async (db: Db): Promise<boolean> => (await readSetting(db, 'password')) !== null

/** A new one-time link; older ones are void. */
export async function newSetupLink(db: Db, rng: Rng): Promise<string> {
  const link = newName(rng)
  await db.write(writeSetting(db, 'setup', toBase64url(sha256(utf8(link)))))
  return link
}

/** Sets the password and ends every session. Refuses `used-link`, `weak-password`. */
export async function setPassword(db: Db, rng: Rng, link: string, password: string): Promise<void> {
  const kept = await readSetting(db, 'setup')
  if (kept === null || kept !== toBase64url(sha256(utf8(link)))) return no('used-link')
  if ([...password].length < LEAST_CHARS || password.length > MOST_CHARS) no('weak-password')
  const salt = rng(16)
  const key = await derive(password, salt)
  try {
    await db.write([
      emptySetting(db, 'setup', kept),
      ...writeSetting(db, 'password', `${toBase64url(salt)}.${toBase64url(key)}`),
      deleteSessions(db),
    ])
  } catch (error) {
    // Somebody used the link while the password was being stretched.
    if (error instanceof Conflict) no('used-link')
    throw error
  }
}

/** Refuses `needs-setup`, `wrong-password`. */
export async function checkPassword(db: Db, password: string): Promise<void> {
  const kept = (await readSetting(db, 'password')) ?? no('needs-setup')
  const [salt, key] = kept.split('.').map(part => fromBase64url(part)!) as [Uint8Array, Uint8Array]
  if (password.length > MOST_CHARS || !timingSafeEqual(await derive(password, salt), key)) no('wrong-password')
}

/** The token of a new session. */
export async function beginSession(db: Db, rng: Rng, now: number): Promise<string> {
  const token = toBase64url(rng(32))
  await db.write([deleteOldSessions(db, now - ABSOLUTE_MS, now - IDLE_MS), insertSession(db, sha256(utf8(token)), now)])
  return token
}

const TOUCH_MS = 60_000

/** Refuses `needs-login` (`needs-setup` while there is no password). */
export async function checkSession(db: Db, token: string | undefined, now: number): Promise<void> {
  const hash = sha256(utf8(token ?? ''))
  const session = token === undefined ? undefined : await findSession(db, hash)
  const alive =
    session !== undefined && now - session.created_ms < ABSOLUTE_MS && Math.abs(now - session.seen_ms) < IDLE_MS
  if (!alive) return no((await hasPassword(db)) ? 'needs-login' : 'needs-setup')
  if (now - session.seen_ms <= TOUCH_MS) return
  await db.write([touchSession(db, hash, now)]).catch(error => {
    // On a full disk the organiser can still look.
    if (!(error instanceof DiskFull)) throw error
  })
}

export const endSession = async (db: Db, token: string): Promise<void> =>
  db.write([deleteSession(db, sha256(utf8(token)))])
