/**
 * `npm run restore -- FILE`: puts the polls of a backup where they are not yet, adds rule packs that are missing, and people
 * where no organiser has a password yet. It overwrites nothing, and stores nothing before everything that the file holds was tried (`parcels.ts`). The code is that
 * which the backup printed: typed, or in BACKUP_CODE.
 *
 * A poll that is not opened yet might still live elsewhere: then there would be two boxes with the same keys. So it is
 * put down only with `--only-here`.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { equal, shortCode } from '../../crypto/bytes.ts'
import { type FileCode, readFileCode } from '../../crypto/comment-file.ts'
import { attempt } from '../../crypto/fault.ts'
import { type Known, titleOf } from '../carrying.ts'
import { readRow } from '../parcel.ts'
import { No } from '../refusals.ts'
import { BACKUP, type Called } from '../words/backup.ts'
import { WORDS } from '../words.ts'
import { attemptArguments } from './backup.ts'
import { atTerminal, type Clerk, faultyFile, isCalled, type Where, withPlace } from './clerk.ts'
import { isPoll, type Parcel, type PollParcel, parcelsOf, rowOf, tried, triedDirectory } from './parcels.ts'
import { type Place, putPoll } from './places.ts'
import { readSealed } from './sealed-file.ts'
import { EXIT, isStarted, languageOf, run, Unusable } from './terminal.ts'

export interface RestoreArguments extends Where {
  readonly file: string
  /** Handles or codes; none: all that the file has. */
  readonly polls: readonly string[]
  readonly onlyHere: boolean
}

export const restore = (asked: RestoreArguments, clerk: Clerk): Promise<number> =>
  withPlace(asked, true, place => restoreTo(place, asked, clerk))

async function restoreTo(place: Place, asked: RestoreArguments, clerk: Clerk): Promise<number> {
  const { file, language } = asked
  const words = BACKUP[language]
  if (!existsSync(file)) throw new Unusable(WORDS[language].unusable.file(file))
  // Whether there is a way in, before anybody types.
  const known = await place.polls()
  const code = await readCode(asked, clerk)
  const { missing, result } = await check({ place, known }, asked, code, clerk).catch(error => {
    throw faultyFile(error, file, language)
  })
  if (result !== EXIT.success) {
    clerk.say(words.nothingRestored)
    return result
  }
  for await (const parcel of parcelsOf(readSealed(file, code)))
    if (!isPoll(parcel)) await putDirectory(place, parcel, asked, clerk)
    else if (missing.has(parcel.head.poll)) await put(place, parcel, asked, clerk)
  clerk.say(words.done)
  return EXIT.success
}

async function readCode({ env, language }: RestoreArguments, clerk: Clerk): Promise<FileCode> {
  const words = BACKUP[language]
  let wrong: number | null = null
  const typed = env.BACKUP_CODE ?? (await clerk.ask(words.typeCode))
  const code = attempt(
    () => readFileCode(typed),
    ({ where }) => {
      wrong = Number(/^group (\d+)$/.exec(where)?.[1] ?? 0) || null
    },
  )
  if (code === null) throw new Unusable(words.misread(wrong))
  return code
}

interface Checked {
  /** Handles of those that are to be stored. */
  readonly missing: ReadonlySet<string>
  readonly result: number
}

interface Here {
  readonly place: Place
  readonly known: readonly Known[]
}

/** Reads the whole file and tries everything in it; stores nothing. Throws `BadFile`. */
async function check({ place, known }: Here, asked: RestoreArguments, code: FileCode, clerk: Clerk): Promise<Checked> {
  const { file, language, onlyHere } = asked
  const words = BACKUP[language]
  const missing = new Set<string>()
  const unseen = new Set(asked.polls)
  let packs: readonly string[] = []
  let result: number = EXIT.success
  let needsWord = false
  for await (const parcel of parcelsOf(readSealed(file, code))) {
    if (!isPoll(parcel)) {
      packs = packsIn(parcel)
      const fault = await triedDirectory(parcel, language)
      if (fault !== null) {
        clerk.say(words.unsoundDirectory(fault))
        result = Math.max(result, EXIT.finding)
      }
      continue
    }
    if (!isAsked(parcel, asked, unseen)) continue
    const called = words.poll(calledIn(parcel))
    const there = await isThere(place, parcel)
    if (there !== 'missing') {
      clerk.say(there === 'same' ? words.alreadyThere(called) : words.otherThere(called))
      if (there === 'other') result = Math.max(result, EXIT.unusable)
      continue
    }
    if (isAnothers(parcel, known)) {
      clerk.say(words.manifestThere(called))
      result = Math.max(result, EXIT.unusable)
      continue
    }
    const { fault, withoutRules } = await tried(parcel, packs, language)
    if (fault !== null) {
      clerk.say(words.unsound(called, fault))
      result = Math.max(result, EXIT.finding)
      continue
    }
    if (withoutRules) clerk.say(words.withoutRules(called))
    if (isBeforeOpening(parcel) && !onlyHere) {
      clerk.say(words.beforeOpening(called))
      needsWord = true
    }
    missing.add(parcel.head.poll)
  }
  const [unknown] = unseen
  if (unknown !== undefined) throw new Unusable(words.notInFile(unknown))
  if (needsWord) {
    clerk.say(words.onlyHere)
    result = Math.max(result, EXIT.unusable)
  }
  return { missing, result }
}

function isAsked(parcel: PollParcel, { polls }: RestoreArguments, unseen: Set<string>): boolean {
  if (polls.length === 0) return true
  const mine = polls.filter(asked => isCalled(asked, parcel.head.poll, rowOf(parcel).manifest_hash))
  for (const asked of mine) unseen.delete(asked)
  return mine.length > 0
}

function calledIn(parcel: PollParcel): Called {
  const row = rowOf(parcel)
  const { manifest_hash } = row
  return { title: titleOf(row), name: manifest_hash === null ? parcel.head.poll : shortCode(manifest_hash) }
}

/** Cards lead to their manifest's poll: there is one. */
function isAnothers(parcel: PollParcel, known: readonly Known[]): boolean {
  const { manifest_hash } = rowOf(parcel)
  return manifest_hash !== null && known.some(({ code }) => code === shortCode(manifest_hash))
}

/** It has keys, or links of members, that may be in use elsewhere. */
const isBeforeOpening = (parcel: PollParcel): boolean =>
  ['sealing', 'pinning', 'sealed', 'printed'].includes(rowOf(parcel).state)

const packsIn = ({ rows }: Parcel): readonly string[] =>
  rows.flatMap(line => {
    const read = readRow(line)
    return read?.table.name === 'pack' ? [String(read.row.text)] : []
  })

async function isThere(place: Place, { head, hash }: PollParcel): Promise<'missing' | 'same' | 'other'> {
  try {
    return equal(await place.hash(head.poll), hash) ? 'same' : 'other'
  } catch (error) {
    if (error instanceof No && error.refusal === 'not-found') return 'missing'
    // Its box is in use: nothing that was ever backed up.
    if (error instanceof No && error.refusal === 'wrong-state') return 'other'
    throw error
  }
}

async function putDirectory(place: Place, { rows }: Parcel, { language, polls }: RestoreArguments, clerk: Clerk) {
  // Whoever asks for single polls does not want the people.
  const wanted = polls.length === 0 ? rows : rows.filter(line => readRow(line)?.table.name === 'pack')
  const words = BACKUP[language]
  const { kept, leftOut } = await place.putDirectory(wanted)
  if (kept.length > 0) clerk.say(words.keptThere(kept))
  if (leftOut > 0) clerk.say(words.peopleLeftOut(leftOut))
}

async function put(place: Place, parcel: PollParcel, { language }: RestoreArguments, clerk: Clerk): Promise<void> {
  const words = BACKUP[language]
  const called = words.poll(calledIn(parcel))
  try {
    await putPoll(place, parcel.head, parcel.rows, parcel.hash)
  } catch (error) {
    if (error instanceof No)
      throw new Unusable(words[error.refusal === 'wrong-manifest' ? 'manifestThere' : 'interrupted'](called))
    clerk.say(words.interrupted(called))
    throw error
  }
  clerk.say(words.restored(called))
}

function readArguments(): RestoreArguments {
  const read = attemptArguments(() =>
    parseArgs({
      options: {
        poll: { type: 'string', multiple: true, default: [] },
        'only-here': { type: 'boolean', default: false },
        at: { type: 'string' },
        lang: { type: 'string' },
      },
      allowPositionals: true,
    }),
  )
  const language = languageOf(read?.values.lang)
  const [file] = read?.positionals ?? []
  if (!read || file === undefined || read.positionals.length !== 1) throw new Unusable(BACKUP[language].restoreUsage)
  const { poll, 'only-here': onlyHere, at } = read.values
  return { file, polls: poll, onlyHere, at, env: process.env, language }
}

if (isStarted(import.meta.filename)) await run(() => restore(readArguments(), atTerminal))
