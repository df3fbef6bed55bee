/** Power cuts between any two writes: nothing is half done, and the same request again takes it on. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { createApp } from '../server/app.ts'
import { openSqlite } from '../server/db/sqlite.ts'
import type { Db } from '../server/db.ts'
import type { Deps } from '../server/deps.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { Polls } from '../server/polls.ts'
import { rulesWith } from '../server/rules/outcome.ts'
import { packHex } from '../server/rules/read.ts'
import { readPolls } from '../server/store/polls.ts'
import { resume } from '../server/team.ts'
import type { PublicView } from '../server/wire.ts'
import {
  type Ask,
  act,
  count,
  draftFor,
  firstOrganiser,
  handBack,
  type Office,
  openOffice,
  organiserWith,
  post,
  RULEBOOK,
  said,
  sealPoll,
  signAct,
  vote,
} from './office.ts'
import { shipped } from './ruled.ts'

/** Everything that requests lead to, but what is drawn at random on the way. */
async function contentOf({ read }: Db): Promise<unknown> {
  const polls = read.selectFrom('poll').orderBy('version').orderBy('state')
  const fixed = ['state', 'gate', 'version', 'draft', 'tried', 'attempt', 'asked', 'last_call_ms'] as const
  const late = ['manifest', 'stated', 'closing', 'void_reason', 'published'] as const
  return {
    polls: await polls.select([...fixed, ...late]).execute(),
    members: await read.selectFrom('member').select('idx').orderBy('poll').orderBy('idx').execute(),
    messages: await read.selectFrom('message').selectAll().orderBy('poll').orderBy('step').orderBy('sender').execute(),
    tokens: await read.selectFrom('token').selectAll().orderBy('token').execute(),
    spent: await read.selectFrom('spent').select(['token', 'request', 'gate']).orderBy('token').execute(),
    casts: await read.selectFrom('cast').select(['kind', 'key', 'grp', 'bytes', 'gate']).orderBy('key').execute(),
  }
}

class PowerCut extends Error {}

/** A database whose machine loses its power after so many writes. */
function dying(db: Db, writes: number): { readonly db: Db; readonly isDead: () => boolean } {
  let left = writes
  const next = async (write: () => Promise<void>) => {
    if (left-- <= 0) throw new PowerCut()
    return write()
  }
  return {
    db: { ...db, write: statements => next(() => db.write(statements)), rewrite: () => next(db.rewrite) },
    isDead: () => left < 0,
  }
}

/** A refusal that says: this was done already. */
const DONE_ALREADY = ['not-asked', 'wrong-state', 'stale-draft']

/**
 * Before a request goes its way it is tried on copies of the database, with the power cut before every single write that
 * it leads to, and once after the last one: then the server starts again, and the same request is sent again.
 */
class Trial {
  cuts = 0
  /** How many writes the longest request took. */
  longest = 0
  private readonly office: Office
  private readonly folder = mkdtempSync(join(tmpdir(), 'phieukin-'))
  constructor(office: Office) {
    this.office = office
  }

  ask: Ask = async (path, init) => {
    // What draws a new handle each time is not meant to be repeated.
    const changes = init?.method !== undefined && init.method !== 'GET' && !/\/(setup|login|polls)$/.test(path)
    const contents = changes ? await this.cutEverywhere(path, init) : []
    const answer = await this.office.ask(path, init)
    const content = await contentOf(this.office.deps.db)
    for (const one of contents) expect(one, path).toEqual(content)
    return answer
  }

  private async cutEverywhere(path: string, init: RequestInit): Promise<readonly unknown[]> {
    const contents: unknown[] = []
    for (let writes = 0, isDead = true; isDead; writes++) {
      const file = this.copy()
      const first = openSqlite(file)
      const trial = dying(first, writes)
      const before = await this.over(trial.db).request(path, init)
      isDead = trial.isDead()
      await first.close()

      const db = openSqlite(file)
      const deps = this.depsOver(db)
      await resume(
        deps,
        (await readPolls(db)).map(({ id }) => id),
      )
      // What was heard has its consequences without anybody saying it again.
      if (writes > 0) contents.push(await contentOf(db))
      const again = await said<unknown>(await createApp(deps).request(path, init))
      if (/\/(redeem|cast|void)$/.test(path)) expect(typeof again, path).not.toBe('string')
      if (typeof again === 'string') expect(DONE_ALREADY, `${path} ${writes}`).toContain(again)
      if (!isDead && again instanceof Uint8Array) expect(again).toEqual(await said(before))
      contents.push(await contentOf(db))
      await db.close()
      this.cuts++
      this.longest = Math.max(this.longest, writes)
    }
    return contents
  }

  private copy(): string {
    const file = join(this.folder, `${this.cuts}.sqlite`)
    for (const log of ['', '-wal']) copyFileSync(this.office.file + log, file + log)
    return file
  }
  private depsOver = (db: Db): Deps => ({ ...this.office.deps, db, polls: new Polls(db), log: () => {} })
  private over = (db: Db) => createApp(this.depsOver(db))

  end = async (): Promise<void> => {
    await this.office.close()
    rmSync(this.folder, { recursive: true })
  }
}

describe('a power cut before any write that any request leads to', () => {
  it('changes nothing about how a poll goes from draft to result', async () => {
    const office = openOffice({ lastCallMs: () => 0 })
    const trial = new Trial(office)
    const organiser = organiserWith(trial.ask, (await firstOrganiser(office)).cookie)
    const draft = draftFor({ pack: packHex(shipped()) })
    const sealed = await sealPoll(trial.ask, organiser, { draft, cards: 5 })
    await act(organiser, sealed, 'open', [0])
    for (const [i, card] of sealed.cards.slice(0, 3).entries()) await vote(trial.ask, sealed, card, [[i]])
    expect((await post(trial.ask, sealed.hash, 'void', handBack(sealed, sealed.cards[4]!))).status).toBe(204)
    const attendance = { convened: 9, present: 8 }
    const stated = { date: '2026-12-05', attendance, members: null, histories: [[]], classified: null }
    expect(await organiser.put(`/polls/${sealed.poll}/statement`, stated)).toBeNull()
    await act(organiser, sealed, 'close', [0, 1], [4])
    await count(sealed.members.slice(1))
    await act(organiser, sealed, 'publish', [2])
    const record = await (await trial.ask(`/api/polls/${sealed.hash}/record`)).text()
    const rules = rulesWith(RULEBOOK.packs)
    const report = await verify(chunksOf(record), { rng, asked: sealed.manifest.hash, rules })
    expect(report).toMatchObject({ ok: true, complete: true })
    expect(report.checks.every(({ status }) => status === 'holds')).toBe(true)
    expect(report.result!.unions).toMatchObject([{ ballots: 3, counts: [[1, 1, 1]] }])
    // Message, shut gate, closing statement, rewriting: closing is the longest.
    expect(trial.longest).toBeGreaterThanOrEqual(4)
    expect(trial.cuts).toBeGreaterThan(80)
    await trial.end()
  })

  it('changes nothing about how a poll is voided, or sealed anew', async () => {
    const office = openOffice()
    const trial = new Trial(office)
    const organiser = organiserWith(trial.ask, (await firstOrganiser(office)).cookie)
    const first = await sealPoll(trial.ask, organiser, { cards: 3 })
    expect(await organiser.post(`/polls/${first.poll}/restart`)).toBeNull()
    const second = await sealPoll(trial.ask, organiser, { cards: 3 })
    await act(organiser, second, 'void', [1])
    expect((await said<PublicView>(await trial.ask(`/api/polls/${second.hash}`))).state).toBe('void')
    await trial.end()
  })
})

describe('a power cut between closing and rewriting', () => {
  it('leaves what the order of voting was to be rewritten at the next start', async () => {
    const office = openOffice({ lastCallMs: () => 0 })
    let reach = office.ask
    const ask: Ask = (path, init) => reach(path, init)
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(ask, organiser, { cards: 8 })
    await act(organiser, sealed, 'open', [0])
    for (const card of sealed.cards.slice(0, 6)) await vote(ask, sealed, card, [[0]])
    await act(organiser, sealed, 'close', [0], [6])
    // The message, the shut gate and the closing statement are written; then the power goes.
    const { deps } = office
    const app = createApp({ ...deps, db: dying(deps.db, 3).db, polls: new Polls(deps.db), log: () => {} })
    reach = async (path, init) => app.request(path, init)
    expect(await signAct(sealed.members[1]!, 'close', [6])).toBe('failed')

    const [asLeft, started] = [`${office.file}.left`, `${office.file}.started`]
    for (const file of [asLeft, started]) for (const log of ['', '-wal']) copyFileSync(office.file + log, file + log)
    expect(await isRewritten(asLeft)).toBe(false)
    const db = openSqlite(started)
    await resume(
      { ...deps, db, polls: new Polls(db) },
      (await readPolls(db)).map(({ id }) => id),
    )
    await db.close()
    expect(await isRewritten(started)).toBe(true)
    await office.close()
  })
})

/** True if rewriting changes nothing any more; what SQLite counts in the first hundred bytes left aside. */
async function isRewritten(file: string): Promise<boolean> {
  const contentAfter = async (change: (db: Db) => Promise<void>) => {
    const db = openSqlite(file)
    await change(db)
    await db.close()
    return readFileSync(file).subarray(100)
  }
  const before = await contentAfter(async () => {})
  return before.equals(await contentAfter(db => db.rewrite()))
}

describe('a rehearsal that was voided and run again', () => {
  it('can be thrown away, and the one that followed it stays', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const first = await sealPoll(office.ask, organiser, { rehearsal: true, cards: 3 })
    await act(organiser, first, 'void', [0])
    const again = { rehearsal: true, follows: first.poll }
    const { poll } = (await organiser.post('/polls', again)) as { readonly poll: string }
    expect(await organiser.get(`/polls/${poll}`)).toMatchObject({ follows: first.poll })
    expect(await organiser.post(`/polls/${first.poll}/delete`, { title: draftFor().title })).toBeNull()
    expect(await organiser.get(`/polls/${first.poll}`)).toBe('not-found')
    expect(await organiser.get(`/polls/${poll}`)).toMatchObject({ follows: null })
    await office.close()
  })
})
