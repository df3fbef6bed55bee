/** The organiser's polls, their members and what members' phones say. */
import { type Compilable, type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db } from '../db.ts'
import type { PollTables } from '../schema.ts'

export type PollRow = Selectable<PollTables['poll']>

/** Of a poll of which nothing is known yet. */
export const UNBEGUN = {
  rehearsal: 0,
  gate: 'shut',
  version: 1,
  tried: '',
  attempt: 1,
  run: null,
  keys: null,
  manifest_hash: null,
  manifest: null,
  asked: null,
  last_call_ms: null,
  closing: null,
  closing_signature: null,
  follows: null,
  void_reason: null,
  published: 0,
  stated: null,
  minutes: null,
  minutes_version: 0,
  minutes_sealed: 0,
  stamp: '',
} as const satisfies Partial<PollRow>

export const insertPoll = (db: Db, row: Insertable<PollTables['poll']>): Compilable =>
  db.read.insertInto('poll').values(row)

/** Takes effect from one of these states only; from another it breaks a constraint, and what is written with it. */
export const updatePoll = (
  db: Db,
  id: Uint8Array,
  from: readonly PollRow['state'][],
  change: Updateable<PollTables['poll']>,
): Compilable =>
  db.read
    .updateTable('poll')
    .set({
      ...change,
      version: sql<number>`case when state in (${sql.join(from)})
        then cast(${change.version ?? sql`version`} as bigint) else null end`,
    })
    .where('id', '=', id)

/** Breaks a constraint where somebody saved meanwhile. */
export const updateDraft = (
  db: Db,
  id: Uint8Array,
  version: number,
  change: { readonly draft: string; readonly stated?: null },
): Compilable =>
  db.read
    .updateTable('poll')
    .set({
      ...change,
      version: sql<number>`case when state = 'draft' and version = ${version} then version + 1 else null end`,
    })
    .where('id', '=', id)

/**
 * Breaks a constraint once a member has signed the opening, and where the draft is another one meanwhile; or the box was
 * closed meanwhile, or is being closed by members who were shown what had been stated. On paper a member's word that it is
 * closed stays, and with it what was stated.
 */
export const updateStated = (
  db: Db,
  { id, draft, closing }: Pick<PollRow, 'id' | 'draft' | 'closing'>,
  stated: string,
): Compilable =>
  db.read
    .updateTable('poll')
    .set({
      stated,
      version: sql<number>`case when state in (${sql.join(BEFORE_COUNTED)}) and draft = ${draft}
        and case when closing is null then 0 else 1 end = ${closing === null ? 0 : 1}
        and (state != 'open' or not exists (select 1 from message where poll = ${id} and step = 'act-close'))
        and not exists (select 1 from message where poll = ${id} and step = 'open') then version else null end`,
    })
    .where('id', '=', id)

const BEFORE_COUNTED: readonly PollRow['state'][] = [
  'draft',
  'sealing',
  'pinning',
  'sealed',
  'printed',
  'open',
  'closed',
]

export async function findPoll(db: Db, id: Uint8Array): Promise<PollRow | null> {
  return (await db.read.selectFrom('poll').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

export async function findPollOfManifest(db: Db, hash: Uint8Array): Promise<PollRow | null> {
  return (await db.read.selectFrom('poll').selectAll().where('manifest_hash', '=', hash).executeTakeFirst()) ?? null
}

/** What every request of a voter needs to know, and no more; nothing where the poll has another manifest by now. */
export const findGate = (db: Db, id: Uint8Array, manifestHash: Uint8Array) =>
  db.read
    .selectFrom('poll')
    .select(['state', 'gate'])
    .where('id', '=', id)
    .where('manifest_hash', '=', manifestHash)
    .executeTakeFirst()

/** Of one database. */
export const readWholePolls = (db: Db): Promise<readonly PollRow[]> =>
  db.read.selectFrom('poll').selectAll().orderBy('id').execute()

export const deletePoll = (db: Db, id: Uint8Array): Compilable => db.read.deleteFrom('poll').where('id', '=', id)
export const deleteTokens = (db: Db, poll: Uint8Array): Compilable =>
  db.read.deleteFrom('token').where('poll', '=', poll)

// ── members ─────────────────────────────────────────────────────────────────────────────────────────────────────

export const insertMember = (db: Db, poll: Uint8Array, idx: number, secret: string): Compilable =>
  db.read.insertInto('member').values({ poll, idx, secret })

export const readMembers = (db: Db, poll: Uint8Array) =>
  db.read.selectFrom('member').select(['idx', 'secret']).where('poll', '=', poll).orderBy('idx').execute()

export const deleteMembers = (db: Db, poll: Uint8Array): Compilable =>
  db.read.deleteFrom('member').where('poll', '=', poll)

/** Everything that members' phones say to one another, by kind; `act` steps are named by what is asked. */
export type Step =
  | 'commit'
  | 'reveal'
  | 'box'
  | 'confirm'
  | 'stop'
  | 'pin'
  | 'sheet'
  | 'open'
  | 'shares'
  | 'result'
  /** What the rules make of the result; said by nobody (0), once, when the result stands. */
  | 'outcome'
  | 'act-open'
  | 'act-close'
  | 'act-void'
  | 'act-publish'
  /** Who puts the comments together: said by that member, the last one counts. */
  | 'combine'
  /** Of a round on paper: the hash of what the phone drew that took the place; said once. */
  | 'claim'
  /** What one member counted: the last one counts, the first one stays, and how often it was another one. */
  | 'keying'
  | 'keying-1'
  | 'keyings'

export interface Message {
  readonly step: Step
  readonly sender: number
  /** 0 for everybody. */
  readonly recipient: number
  readonly body: string
}

/** Said once: another message at the same place breaks a constraint. */
export const insertMessage = (db: Db, poll: Uint8Array, message: Message): Compilable =>
  db.read.insertInto('message').values({ poll, ...message })

/** Said again, otherwise: the last one counts. */
export const replaceMessage = (db: Db, poll: Uint8Array, message: Message): readonly Compilable[] => [
  db.read
    .deleteFrom('message')
    .where('poll', '=', poll)
    .where('step', '=', message.step)
    .where('sender', '=', message.sender)
    .where('recipient', '=', message.recipient),
  insertMessage(db, poll, message),
]

export async function readMessages(db: Db, poll: Uint8Array): Promise<readonly Message[]> {
  const rows = await db.read
    .selectFrom('message')
    .select(['step', 'sender', 'recipient', 'body'])
    .where('poll', '=', poll)
    .orderBy('step')
    .orderBy('sender')
    .orderBy('recipient')
    .execute()
  return rows as readonly Message[]
}

export const deleteMessages = (db: Db, poll: Uint8Array, step: Step | null = null): Compilable => {
  const all = db.read.deleteFrom('message').where('poll', '=', poll)
  return step === null ? all : all.where('step', '=', step)
}
