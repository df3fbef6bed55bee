/**
 * `npm run backup -- FILE`: every poll that is not being voted on, with the directory, into one encrypted file; with `--poll`
 * these polls alone. Whole or not at all: a box that is in use is refused with everything else, unless `--leave-open`.
 * `--move`: once the file is read back and its code typed again, the polls are gone from where they were.
 *
 * Trust: who has file and code has what the databases hold of these polls (docs/operations.md).
 */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type FileCode, fileCodeGroups, newFileCode, readFileCode } from '../../crypto/comment-file.ts'
import { attempt } from '../../crypto/fault.ts'
import type { Known } from '../carrying.ts'
import { readEnd } from '../parcel.ts'
import { secureRng } from '../play/seed.ts'
import { No } from '../refusals.ts'
import { BACKUP } from '../words/backup.ts'
import { atTerminal, type Clerk, type Where, withPlace } from './clerk.ts'
import { isPoll, type PollParcel, parcelsOf } from './parcels.ts'
import type { Place } from './places.ts'
import { BadFile, readSealed, writeSealed } from './sealed-file.ts'
import { EXIT, isStarted, languageOf, run, Unusable } from './terminal.ts'

export interface BackupArguments extends Where {
  readonly file: string
  /** Handles or codes; none: every poll, with the directory. */
  readonly polls: readonly string[]
  readonly leaveOpen: boolean
  readonly move: boolean
}

/** Some polls were left out, or are still where they were. */
const LEFT_OUT = 3

export const backup = (asked: BackupArguments, clerk: Clerk): Promise<number> =>
  withPlace(asked, false, place => backupFrom(place, asked, clerk))

async function backupFrom(place: Place, asked: BackupArguments, clerk: Clerk): Promise<number> {
  const { file, language } = asked
  const words = BACKUP[language]
  const chosen = choose(await place.polls(), asked)
  const staying = chosen.filter(({ stays }) => stays !== null)
  const going = chosen.filter(({ stays }) => stays === null)
  for (const poll of staying) clerk.say(words.stays[poll.stays!](words.poll(calledIn(poll))))
  if (staying.length > 0 && !asked.leaveOpen) throw new Unusable(words.nothingStored)
  if (existsSync(file)) throw new Unusable(words.fileThere(file))
  const code = newFileCode(secureRng)
  await write(place, asked, going, code)
  const stored = await readBack(asked, code)
  clerk.say(words.backedUp(file, stored.length))
  if (asked.polls.length > 0) clerk.say(words.packsOnly)
  clerk.say(`${words.code}\n\n    ${fileCodeGroups(code).join(' ')}\n\n${words.keepCode}`)
  if (staying.length > 0) clerk.say(words.leftOut)
  const remain = asked.move ? await remove(place, asked, going, stored, code, clerk) : 0
  return staying.length + remain > 0 ? LEFT_OUT : EXIT.success
}

const calledIn = ({ title, code, poll }: Known) => ({ title, name: code ?? poll })

function choose(known: readonly Known[], { polls, language }: BackupArguments): readonly Known[] {
  if (polls.length === 0) return known
  const words = BACKUP[language]
  const plain = (said: string) => said.replaceAll(/[\s-]/g, '').toUpperCase()
  const chosen = polls.map(
    asked =>
      known.find(({ poll, code }) => poll === asked || (code !== null && plain(code) === plain(asked))) ??
      fail(
        words.unknownPoll(
          asked,
          known.map(one => words.poll(calledIn(one))),
        ),
      ),
  )
  return known.filter(one => chosen.includes(one))
}

const fail = (sentence: string): never => {
  throw new Unusable(sentence)
}

/** Throws `Unusable`: then there is no such file. */
async function write(place: Place, asked: BackupArguments, going: readonly Known[], code: FileCode): Promise<void> {
  const { file, language } = asked
  const words = BACKUP[language]
  async function* lines(): AsyncGenerator<string> {
    yield* place.directory(asked.polls.length === 0)
    for (const poll of going) yield* wholeParcel(place, poll, words.changedMeanwhile(words.poll(calledIn(poll))))
  }
  await writeSealed(file, lines(), code, secureRng).catch(error => {
    const failed = (error as NodeJS.ErrnoException).code
    if (failed === 'ENOSPC' || failed === 'EDQUOT' || failed === 'EFBIG') throw new Unusable(words.diskFull(file))
    throw failed?.startsWith('E') ? new Unusable(words.unwritten(file)) : error
  })
}

/** A poll that is opened in this moment, or written to, ends short of its last line. */
async function* wholeParcel(place: Place, { poll }: Known, changed: string): AsyncGenerator<string> {
  let last = ''
  try {
    for await (const line of await place.parcel(poll)) {
      yield line
      last = line
    }
  } catch (error) {
    if (error instanceof No && (error.refusal === 'wrong-state' || error.refusal === 'not-found')) fail(changed)
    throw error
  }
  if (readEnd(last) === null) fail(changed)
}

/** From the disk, by the code that goes onto paper. */
async function readBack({ file, language }: BackupArguments, code: FileCode): Promise<readonly PollParcel[]> {
  const stored: PollParcel[] = []
  try {
    for await (const parcel of parcelsOf(readSealed(file, code)))
      if (isPoll(parcel)) stored.push({ ...parcel, rows: [] })
    return stored
  } catch (error) {
    if (!(error instanceof BadFile)) throw error
    await rm(file, { force: true })
    return fail(BACKUP[language].notReadBack(file))
  }
}

/** How many are still where they were. */
async function remove(
  place: Place,
  { language }: BackupArguments,
  going: readonly Known[],
  stored: readonly PollParcel[],
  code: FileCode,
  clerk: Clerk,
): Promise<number> {
  const words = BACKUP[language]
  const typed = await clerk.ask(words.typeToMove)
  const again = attempt(() => readFileCode(typed))
  if (again === null || fileCodeGroups(again).join() !== fileCodeGroups(code).join()) {
    clerk.say(words.notMoved)
    return going.length
  }
  let remain = 0
  for (const { head, hash } of stored) {
    const called = words.poll(calledIn(going.find(({ poll }) => poll === head.poll)!))
    try {
      await place.remove(head.poll, hash)
      clerk.say(words.moved(called))
    } catch (error) {
      if (!(error instanceof No)) throw error
      remain++
      clerk.say(words.stillThere(called))
    }
  }
  return remain
}

function readArguments(): BackupArguments {
  const read = attemptArguments(() =>
    parseArgs({
      options: {
        poll: { type: 'string', multiple: true, default: [] },
        'leave-open': { type: 'boolean', default: false },
        move: { type: 'boolean', default: false },
        at: { type: 'string' },
        lang: { type: 'string' },
      },
      allowPositionals: true,
    }),
  )
  const language = languageOf(read?.values.lang)
  const [file] = read?.positionals ?? []
  if (!read || file === undefined || read.positionals.length !== 1) return fail(BACKUP[language].backupUsage)
  const { poll, 'leave-open': leaveOpen, move, at } = read.values
  return { file, polls: poll, leaveOpen, move, at, env: process.env, language }
}

/** Null for what cannot be read. */
export function attemptArguments<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

if (isStarted(import.meta.filename)) await run(() => backup(readArguments(), atTerminal))
