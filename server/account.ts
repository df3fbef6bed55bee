/**
 * Accounts: passwords, one-time links and sessions. Who may do what with them stands in `people.ts`.
 *
 * Trust: who reads the terminal makes the first organiser. An organiser hands out the links by which others come in, and
 * could use one in their place; then that person's own password no longer opens anything, which shows. Of a link or a
 * session only the hash is stored.
 */
import { scrypt, timingSafeEqual } from 'node:crypto'
import { fromBase64url, type Rng, toBase64url, utf8 } from '../crypto/bytes.ts'
import { sha256 } from '../crypto/transcript.ts'
import { Conflict, type Directory, DiskFull } from './db.ts'
import { newName } from './draft.ts'
import { no } from './refusals.ts'
import {
  deleteOldSessions,
  deleteSession,
  deleteSessionsOf,
  emptySetting,
  findSession,
  insertSession,
  readSetting,
  touchSession,
  writeSetting,
} from './store/account.ts'
import {
  acceptInvitation,
  findInvited,
  findLogin,
  findPerson,
  hasOrganiser,
  insertPerson,
  type PersonRow,
  restorePerson,
} from './store/people.ts'
import { FIRST_ORGANISER } from './words.ts'

/** Nobody else can choose it. */
const FIRST_LOGIN = 'to-chuc'
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/
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

/** As it is stored. Refuses `weak-password`. */
async function stretched(rng: Rng, password: string): Promise<string> {
  if ([...password].length < LEAST_CHARS || password.length > MOST_CHARS) no('weak-password')
  const salt = rng(16)
  return `${toBase64url(salt)}.${toBase64url(await derive(password, salt))}`
}

/** An account, and the password that opened it as it is stored. */
export interface Opened {
  readonly person: Uint8Array
  readonly password: string
}

export const hashOf = (secret: string): Uint8Array => sha256(utf8(secret))

/** A new one-time link for the first organiser; older ones are void. A server that runs meets it at once. */
export async function newSetupLink(directory: Directory, rng: Rng): Promise<string> {
  const link = newName(rng)
  await directory.write(writeSetting(directory, 'setup', toBase64url(hashOf(link))))
  return link
}

/** The first organiser's password, and an account where there is none yet. Refuses `used-link`, `weak-password`. */
export async function setUp(directory: Directory, rng: Rng, link: string, password: string): Promise<Opened> {
  const kept = await readSetting(directory, 'setup')
  if (kept === null || kept !== toBase64url(hashOf(link))) return no('used-link')
  const stored = await stretched(rng, password)
  const found = await findLogin(directory, FIRST_LOGIN)
  const id = found?.id ?? rng(16)
  const person = {
    id,
    login: FIRST_LOGIN,
    name: FIRST_ORGANISER,
    role: 'organiser',
    password: stored,
    invitation: null,
    everything: 1,
  } as const
  try {
    await directory.write([
      emptySetting(directory, 'setup', kept),
      found ? restorePerson(directory, id, stored) : insertPerson(directory, person),
      deleteSessionsOf(directory, id),
    ])
    return { person: id, password: stored }
  } catch (error) {
    // Somebody used the link while the password was being stretched.
    if (error instanceof Conflict) return no('used-link')
    throw error
  }
}

/** Refuses `used-link`, `bad-request` for a login that cannot be typed everywhere, `taken-name`, `weak-password`. */
export async function accept(
  directory: Directory,
  rng: Rng,
  invitation: string,
  chosen: string,
  password: string,
): Promise<Opened> {
  const hash = hashOf(invitation)
  const invited = (await findInvited(directory, hash)) ?? no('used-link')
  const login = plainLogin(chosen)
  if (!LOGIN.test(login)) no('bad-request', 'login')
  if (login === FIRST_LOGIN || (await findLogin(directory, login)) !== null) no('taken-name')
  const stored = await stretched(rng, password)
  try {
    await directory.write([
      acceptInvitation(directory, invited.id, hash, login, stored),
      deleteSessionsOf(directory, invited.id),
    ])
    return { person: invited.id, password: stored }
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return no((await findInvited(directory, hash)) === null ? 'used-link' : 'taken-name')
  }
}

const plainLogin = (typed: string): string => typed.trim().toLowerCase()

/** Where there is no such login, as much is done as for one. */
const NOBODY = `${toBase64url(new Uint8Array(16))}.${toBase64url(new Uint8Array(32))}`

/** Refuses `needs-setup`, and `wrong-password` whether the login or the password is wrong. */
export async function logIn(directory: Directory, login: string, password: string): Promise<Opened> {
  if (!(await hasOrganiser(directory))) no('needs-setup')
  const found = await findLogin(directory, plainLogin(login))
  const [salt, key] = (found?.password ?? NOBODY).split('.').map(part => fromBase64url(part)!) as [
    Uint8Array,
    Uint8Array,
  ]
  if (password.length > MOST_CHARS || !timingSafeEqual(await derive(password, salt), key)) no('wrong-password')
  return found?.password ? { person: found.id, password: found.password } : no('wrong-password')
}

// ── sessions ────────────────────────────────────────────────────────────────────────────────────────────────────

/** The token of a new session. Refuses `needs-login` where account or password ended meanwhile. */
export async function beginSession(directory: Directory, rng: Rng, opened: Opened, now: number): Promise<string> {
  const token = toBase64url(rng(32))
  try {
    await directory.write([
      deleteOldSessions(directory, now - ABSOLUTE_MS, now - IDLE_MS),
      insertSession(directory, hashOf(token), opened, now),
    ])
    return token
  } catch (error) {
    if (error instanceof Conflict) return no('needs-login')
    throw error
  }
}

const TOUCH_MS = 60_000

/** Whose session it is. Refuses `needs-login` (`needs-setup` while no organiser has a password). */
export async function checkSession(directory: Directory, token: string | undefined, now: number): Promise<PersonRow> {
  const hash = hashOf(token ?? '')
  const session = token === undefined ? undefined : await findSession(directory, hash)
  const alive =
    session !== undefined && now - session.created_ms < ABSOLUTE_MS && Math.abs(now - session.seen_ms) < IDLE_MS
  const person = alive ? await findPerson(directory, session.person) : null
  if (!alive || person === null) return no((await hasOrganiser(directory)) ? 'needs-login' : 'needs-setup')
  if (now - session.seen_ms <= TOUCH_MS) return person
  await directory.write([touchSession(directory, hash, now)]).catch(error => {
    // On a full disk people can still look.
    if (!(error instanceof DiskFull)) throw error
  })
  return person
}

export const endSession = async (directory: Directory, token: string): Promise<void> =>
  directory.write([deleteSession(directory, hashOf(token))])
