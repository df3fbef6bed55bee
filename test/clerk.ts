/** Whoever backs up and restores in tests: the very commands, in this process, with what is said kept and typed beforehand. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type BackupArguments, backup } from '../server/commands/backup.ts'
import type { Clerk } from '../server/commands/clerk.ts'
import { type RestoreArguments, restore } from '../server/commands/restore.ts'
import { Unusable } from '../server/commands/terminal.ts'
import { openSqlite } from '../server/db/sqlite.ts'
import type { Databases } from '../server/db.ts'
import { Polls } from '../server/polls.ts'
import { cookieOf, json, type Office, type Organiser, openOffice, organiserWith, PASSWORD } from './office.ts'

export interface Spoken {
  readonly exit: number
  readonly said: string
  /** That the backup printed; empty where it printed none. */
  readonly code: string
}

const CODE = /^ {4}((?:[0-9A-Z]{5} ?){7})$/m

async function spoken(
  work: (clerk: Clerk) => Promise<number>,
  type: (said: string) => string | Promise<string> = () => '',
): Promise<Spoken> {
  const said: string[] = []
  const all = () => said.join('\n')
  const clerk: Clerk = { say: sentence => void said.push(sentence), ask: async () => type(all()) }
  const exit = await work(clerk).catch(error => {
    if (!(error instanceof Unusable)) throw error
    said.push(error.message)
    return 2
  })
  return { exit, said: all(), code: codeIn(all()) }
}

export const codeIn = (said: string): string => CODE.exec(said)?.[1] ?? ''

/** An environment variable or two, as for `npm start`. */
export type Env = Readonly<Record<string, string>>

/** `type`: what is typed when the code is asked for again; else the code itself. */
export const backUp = (
  env: Env,
  file: string,
  change: Partial<BackupArguments> & { readonly type?: (said: string) => string | Promise<string> } = {},
): Promise<Spoken> => {
  const { type = codeIn, ...asked } = change
  const all = { file, polls: [], leaveOpen: false, move: false, at: undefined, env, language: 'vi', ...asked } as const
  return spoken(clerk => backup(all, clerk), type)
}

export const putBack = (
  env: Env,
  file: string,
  code: string,
  change: Partial<RestoreArguments> = {},
): Promise<Spoken> => {
  const all = { file, polls: [], onlyHere: false, at: undefined, env, language: 'vi', ...change } as const
  return spoken(
    clerk => restore(all, clerk),
    () => code,
  )
}

export const dataOf = (office: Office): Env => ({ DATA: dirname(office.file) })

/** Folders that go when the tests are over. */
export function newFolders() {
  const top = mkdtempSync(join(tmpdir(), 'phieukin-backup-'))
  let n = 0
  return {
    top,
    file: (name = 'backup') => join(top, `${name}-${n++}`),
    env: (): Env => ({ DATA: join(top, `data-${n++}`) }),
    remove: () => rmSync(top, { recursive: true }),
  }
}

/** The application over what was restored there. */
export function officeAt({ DATA }: Env): Office {
  const databases = openSqlite(join(DATA!, 'phieukin.sqlite'))
  const deps = { databases, directory: databases.directory, polls: new Polls(databases), lastCallMs: () => 0 }
  const office = openOffice(deps)
  return {
    ...office,
    db: databases.of(new Uint8Array(16)),
    close: async () => {
      await databases.close()
      await office.close()
    },
  }
}

/** With the password that everybody has in tests. */
export async function logIn(ask: Office['ask'], login = 'to-chuc'): Promise<Organiser> {
  const response = await ask('/api/account/login', json({ login, password: PASSWORD }))
  if (response.status !== 204) throw new Error(`login: ${await response.text()}`)
  return organiserWith(ask, cookieOf(response))
}

/** The same databases, in which something is written just before each write to a poll: after whatever was read for it. */
export const withWriting = ({ directory, of, close }: Databases, meanwhile: () => Promise<void>): Databases => ({
  directory,
  close,
  of: poll => {
    const db = of(poll)
    return {
      read: db.read,
      rewrite: handle => db.rewrite(handle),
      write: async statements => {
        await meanwhile()
        await db.write(statements)
      },
    }
  },
})
