/** Power cuts between any two writes: nothing is half done, and the same request again takes it on. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { createApp } from '../server/app.ts'
import { openSqlite } from '../server/db/sqlite.ts'
import { Away, type Databases, DiskFull } from '../server/db.ts'
import type { Deps } from '../server/deps.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { Polls } from '../server/polls.ts'
import { rulesWith } from '../server/rules/outcome.ts'
import { packHex } from '../server/rules/read.ts'
import { resume } from '../server/settling.ts'
import type { PollView, PublicView } from '../server/wire.ts'
import {
  type Ask,
  act,
  ask as askFor,
  count,
  draftFor,
  firstOrganiser,
  handBack,
  memberWith,
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

/** One file holds every poll. */
const ANYWHERE = new Uint8Array(16)

/** Everything that requests lead to, but what is drawn at random on the way. */
async function contentOf(databases: Databases): Promise<unknown> {
  const { read } = databases.of(ANYWHERE)
  const { read: listed } = databases.directory
  const polls = read.selectFrom('poll').orderBy('version').orderBy('state')
  const fixed = ['state', 'gate', 'version', 'draft', 'tried', 'attempt', 'asked', 'last_call_ms'] as const
  const late = ['manifest', 'stated', 'closing', 'void_reason', 'published'] as const
  return {
    listing: (await listed.selectFrom('listing').select('poll').execute()).length,
    manifests: await listed.selectFrom('listed_manifest').select('hash').orderBy('hash').execute(),
    polls: await polls.select([...fixed, ...late]).execute(),
    members: await read.selectFrom('member').select('idx').orderBy('poll').orderBy('idx').execute(),
    messages: await read.selectFrom('message').selectAll().orderBy('poll').orderBy('step').orderBy('sender').execute(),
    tokens: await read.selectFrom('token').selectAll().orderBy('token').execute(),
    spent: await read.selectFrom('spent').select(['token', 'request', 'gate']).orderBy('token').execute(),
    casts: await read.selectFrom('cast').select(['kind', 'key', 'grp', 'bytes', 'gate']).orderBy('key').execute(),
  }
}

/** The application as another process has it. */
const depsOver = ({ deps }: Office, databases: Databases): Deps => ({
  ...deps,
  databases,
  directory: databases.directory,
  polls: new Polls(databases),
  log: () => {},
})

/** What a start does. */
async function resumeAll(deps: Deps): Promise<void> {
  for (const { db, row } of await deps.polls.all()) await resume({ ...deps, db }, row)
}

class PowerCut extends Error {}

/** Databases whose machine loses its power after so many writes. */
function dying(databases: Databases, writes: number) {
  let left = writes
  let toPolls = 0
  const next = async (write: () => Promise<void>) => {
    if (left-- <= 0) throw new PowerCut()
    return write()
  }
  const { directory } = databases
  const mortal: Databases = {
    ...databases,
    directory: { ...directory, write: statements => next(() => directory.write(statements)) },
    of: poll => {
      const db = databases.of(poll)
      return {
        ...db,
        write: statements => next(() => db.write(statements).then(() => void toPolls++)),
        rewrite: id => next(() => db.rewrite(id)),
      }
    },
  }
  return {
    databases: mortal,
    isDead: () => left < 0,
    /** What stands in the listing alone is a hint: nothing was said to a poll yet. */
    wasHeard: () => toPolls > 0,
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
    const content = await contentOf(this.office.deps.databases)
    for (const one of contents) expect(one, path).toEqual(content)
    return answer
  }

  private async cutEverywhere(path: string, init: RequestInit): Promise<readonly unknown[]> {
    const contents: unknown[] = []
    for (let writes = 0, isDead = true; isDead; writes++) {
      const file = this.copy()
      const first = openSqlite(file)
      const trial = dying(first, writes)
      const before = await this.over(trial.databases).request(path, init)
      isDead = trial.isDead()
      await first.close()

      const started = openSqlite(file)
      const deps = this.depsOver(started)
      await resumeAll(deps)
      // What was heard has its consequences without anybody saying it again.
      if (trial.wasHeard()) contents.push(await contentOf(started))
      const again = await said<unknown>(await createApp(deps).request(path, init))
      if (/\/(redeem|cast|void)$/.test(path)) expect(typeof again, path).not.toBe('string')
      if (typeof again === 'string') expect(DONE_ALREADY, `${path} ${writes}`).toContain(again)
      if (!isDead && again instanceof Uint8Array) expect(again).toEqual(await said(before))
      contents.push(await contentOf(started))
      await started.close()
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
  private depsOver = (databases: Databases): Deps => depsOver(this.office, databases)
  private over = (databases: Databases) => createApp(this.depsOver(databases))

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
    // Message, shut gate, rewriting, closing statement: closing is the longest.
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

/** How often the power goes: after so many writes of the request that closes or voids. */
const CUTS = [
  { after: 1, cut: 'between the message and the shut gate', isRewritten: false },
  { after: 2, cut: 'between the shut gate and the rewriting', isRewritten: false },
  { after: 3, cut: 'between the rewriting and the last statement', isRewritten: true },
]

describe.each(['close', 'void'] as const)('a power cut in the middle of what ends a box (%s)', action => {
  const signers = action === 'close' ? 2 : 1
  const numbers = action === 'close' ? [6] : []
  const end = action === 'close' ? 'closed' : 'void'

  /** The file as the power cut left it. */
  async function cutAfter(writes: number) {
    const office = openOffice({ lastCallMs: () => 0 })
    let reach = office.ask
    const ask: Ask = (path, init) => reach(path, init)
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(ask, organiser, { cards: 8 })
    const { links } = await organiser.get<PollView>(`/polls/${sealed.poll}`)
    await act(organiser, sealed, 'open', [0])
    for (const card of sealed.cards.slice(0, 6)) await vote(ask, sealed, card, [[0]])
    expect(await askFor(organiser, sealed.poll, action)).toBeNull()
    for (const member of sealed.members.slice(0, signers - 1)) expect(await signAct(member, action, numbers)).toBeNull()
    const app = createApp(depsOver(office, dying(office.deps.databases, writes).databases))
    reach = async (path, init) => app.request(path, init)
    expect(await signAct(sealed.members[signers - 1]!, action, numbers)).toBe('failed')
    reach = office.ask
    return { office, sealed, organiser, links }
  }
  const copyOf = ({ file }: Office, name: string): string => {
    for (const log of ['', '-wal']) copyFileSync(file + log, `${file}.${name}${log}`)
    return `${file}.${name}`
  }

  it.each(CUTS)('$cut leaves the box to be ended by the next start, and its file keeps no order', async cut => {
    const { office, sealed } = await cutAfter(cut.after)
    const [asLeft, started] = [copyOf(office, 'left'), copyOf(office, 'started')]
    const state = async (databases: Databases) =>
      (await said<PublicView>(await createApp(depsOver(office, databases)).request(`/api/polls/${sealed.hash}`))).state
    const left = openSqlite(asLeft)
    expect(await state(left)).toBe('open')
    await left.close()
    expect(await isRewritten(asLeft)).toBe(cut.isRewritten)
    const databases = openSqlite(started)
    await resumeAll(depsOver(office, databases))
    expect(await state(databases)).toBe(end)
    await databases.close()
    expect(await isRewritten(started)).toBe(true)
    await office.close()
  })

  it.each(
    CUTS.flatMap(cut => [
      { ...cut, who: 'a member' },
      { ...cut, who: 'the organiser' },
    ]),
  )('$cut leaves the box to be ended by the next look of $who, without a start', async ({ after, who }) => {
    const { office, sealed, organiser } = await cutAfter(after)
    const look = () =>
      who === 'a member' ? sealed.members[2]!.view() : organiser.get<PollView>(`/polls/${sealed.poll}`)
    expect(await look()).toMatchObject({ state: end })
    expect(await isRewritten(copyOf(office, 'looked'))).toBe(true)
    await office.close()
  })

  it.each(CUTS)('$cut is looked at all the same where nothing can be written or found out', async ({ after }) => {
    const { office, sealed, organiser, links } = await cutAfter(after)
    for (const error of [new DiskFull(), new Away()]) {
      const { databases } = office.deps
      const broken: Databases = {
        ...databases,
        of: poll => ({
          ...databases.of(poll),
          write: () => Promise.reject(error),
          rewrite: () => Promise.reject(error),
        }),
      }
      const app = createApp(depsOver(office, broken))
      const ask: Ask = async (path, init) => app.request(path, init)
      const [, , third] = sealed.members
      expect(await memberWith(ask, sealed.poll, 3, links[2]!, third!.device).view()).toMatchObject({ state: 'open' })
      expect(await organiserWith(ask, organiser.cookie).get(`/polls/${sealed.poll}`)).toMatchObject({ state: 'open' })
    }
    expect(await sealed.members[2]!.view()).toMatchObject({ state: end })
    await office.close()
  })
})

/**
 * True if cards and ballots lie in the file once each, and so that rewriting would leave them in the same order: what was
 * written of the poll itself afterwards tells nothing of them.
 */
async function isRewritten(file: string): Promise<boolean> {
  const before = await placesIn(file)
  const databases = openSqlite(file)
  await databases.of(ANYWHERE).rewrite(ANYWHERE)
  await databases.close()
  return before.every(Boolean) && before.join() === (await placesIn(file)).join()
}

/** Which part of which row lies where, by the order in the file; null for what lies there not once. */
async function placesIn(file: string): Promise<readonly (string | null)[]> {
  const databases = openSqlite(file)
  const { read } = databases.of(ANYWHERE)
  const spent = await read.selectFrom('spent').select('request').orderBy('token').execute()
  const casts = await read.selectFrom('cast').select('bytes').orderBy('key').execute()
  await databases.close()
  expect([spent.length, casts.length]).toEqual([6, 6])
  const bytes = readFileSync(file)
  const places = [
    ...spent.map(({ request }, i) => ({ name: `card ${i}`, part: request.subarray(40) })),
    ...casts.flatMap(({ bytes: ballot }, i) => [
      { name: `ballot ${i}`, part: ballot.subarray(40, 400) },
      { name: `end of ballot ${i}`, part: ballot.subarray(-200) },
    ]),
  ].map(({ name, part }) => {
    const place = bytes.indexOf(part)
    return { name: place >= 0 && bytes.indexOf(part, place + 1) < 0 ? name : null, place }
  })
  return places.toSorted((one, other) => one.place - other.place).map(({ name }) => name)
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
