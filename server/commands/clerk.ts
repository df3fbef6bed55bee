/** What backup and restore have in common: who is spoken to, where the polls lie, how a poll and a fault are named. */
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { isCodeOf } from '../../crypto/typed.ts'
import { Away, DiskFull } from '../db.ts'
import { databaseFile, openDatabases } from '../node.ts'
import { No } from '../refusals.ts'
import { BACKUP } from '../words/backup.ts'
import { type Language, WORDS } from '../words.ts'
import { type Place, placeAt, placeHere } from './places.ts'
import { BadFile } from './sealed-file.ts'
import { explained, readEnvironment } from './settings.ts'
import { Unusable } from './terminal.ts'

/** Whoever sits at the terminal. */
export interface Clerk {
  say(sentence: string): void
  /** What was typed, without its line end; empty where nobody is there. */
  ask(question: string): Promise<string>
}

export const atTerminal: Clerk = {
  say: sentence => {
    process.stdout.write(`${sentence}\n`)
  },
  ask: async question => {
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    try {
      return await Promise.race([
        lines.question(question),
        new Promise<string>(resolve => {
          lines.once('close', () => resolve(''))
        }),
      ])
    } finally {
      lines.close()
    }
  },
}

export interface Where {
  /** A deployment behind its operator's door; without it the databases of this machine. */
  readonly at: string | undefined
  readonly env: NodeJS.ProcessEnv
  readonly language: Language
}

/** Throws `Unusable`. */
async function openPlace({ at, env, language }: Where, mayMake: boolean): Promise<Place> {
  const words = BACKUP[language]
  if (at !== undefined) {
    // The key and the box's keys travel: over plain http to this very machine alone.
    const address = /^(https:\/\/[^\s/?#]+|http:\/\/(localhost|127\.0\.0\.1)(:\d+)?)\/?$/.exec(at)?.[1]
    if (address === undefined) throw new Unusable(WORDS[language].unusable.arguments(`--at ${at}`))
    if (!env.OPERATOR_KEY) throw new Unusable(words.noKey)
    return placeAt(address, env.OPERATOR_KEY)
  }
  const settings = readEnvironment(env, language)
  if (!mayMake && settings.databaseUrl === undefined && !existsSync(databaseFile(settings.data)))
    throw new Unusable(WORDS[language].reset.noData(settings.data))
  return placeHere(
    await openDatabases(settings).catch(error => {
      throw explained(error, language)
    }),
  )
}

/** Runs what speaks with a place, and says in a sentence what people can mend. */
export async function withPlace(
  where: Where,
  mayMake: boolean,
  work: (place: Place) => Promise<number>,
): Promise<number> {
  const words = BACKUP[where.language]
  const place = await openPlace(where, mayMake)
  try {
    return await work(place)
  } catch (error) {
    if (error instanceof No && error.refusal === 'not-yours') throw new Unusable(words.wrongKey)
    if (where.at !== undefined && error instanceof No && error.refusal === 'not-found')
      throw new Unusable(words.wrongKey)
    if (where.at !== undefined && error instanceof Away) throw new Unusable(words.away(where.at))
    throw error instanceof DiskFull || error instanceof Away ? explained(error, where.language) : error
  } finally {
    await place.close()
  }
}

/** A file that is not what was written, in a sentence. */
export const faultyFile = (error: unknown, file: string, language: Language): unknown =>
  error instanceof BadFile ? new Unusable(BACKUP[language].fileFaults[error.fault](file, error.line)) : error

/** Whether people mean this poll: by its handle, or by the code of its manifest. */
export const isCalled = (asked: string, poll: string, manifestHash: Uint8Array | null): boolean =>
  asked === poll || (manifestHash !== null && isCodeOf(manifestHash, asked))
