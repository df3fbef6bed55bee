/** Every function of `server/store/`, one after the other, says the same on PostgreSQL as in the embedded engine. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Compilable } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../server/db/postgres.ts'
import { openSqlite } from '../server/db/sqlite.ts'
import { Conflict, type Databases } from '../server/db.ts'
import * as account from '../server/store/account.ts'
import * as comments from '../server/store/comments.ts'
import * as dossier from '../server/store/dossier.ts'
import * as listing from '../server/store/listing.ts'
import * as packs from '../server/store/packs.ts'
import * as paper from '../server/store/paper.ts'
import * as people from '../server/store/people.ts'
import * as polls from '../server/store/polls.ts'
import * as voting from '../server/store/voting.ts'
import { type PostgresServer, postgresAvailable, startPostgres } from './postgres.ts'
import { pollRow } from './rows.ts'

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value)
const [poll, ann, bob, draft] = [bytes(16, 1), bytes(16, 2), bytes(16, 3), bytes(16, 4)]
const hash = bytes(32, 5)
const which = { id: poll, manifest: { hash } }
const name = { by_name: 'Ann', by_person: ann }
const row = pollRow(poll, hash)
const person = { login: null, password: null, invitation: null, everything: 0 }

type Store = Record<string, unknown>
/** What a step gave: what was read, `stored`, or `conflict`. */
type Said = readonly [function_: string, outcome: unknown]

/** Tries the functions of the stores in turn and writes down what each said. */
function trying(stores: readonly Store[], databases: Databases) {
  const db = databases.of(poll)
  const said: Said[] = []
  const nameOf = (tried: unknown) => stores.flatMap(Object.entries).find(([, value]) => value === tried)![0]
  return {
    said,
    async read(tried: unknown, asked: Promise<unknown>) {
      said.push([nameOf(tried), await asked])
    },
    /** Of the directory where it is asked for; a poll's otherwise. */
    async write(tried: unknown, statements: Compilable | readonly Compilable[], into: { write: typeof db.write } = db) {
      const outcome = await into.write([statements].flat() as Compilable[]).then(
        () => 'stored',
        error => (error instanceof Conflict ? 'conflict' : Promise.reject(error)),
      )
      said.push([nameOf(tried), outcome])
    },
    async does(tried: unknown, write: Promise<void>) {
      said.push([
        nameOf(tried),
        await write.then(
          () => 'stored',
          error => (error instanceof Conflict ? 'conflict' : Promise.reject(error)),
        ),
      ])
    },
  }
}

const STORES: readonly Store[] = [account, comments, dossier, listing, packs, paper, people, polls, voting]

async function tryDirectory(databases: Databases): Promise<readonly Said[]> {
  const d = databases.directory
  const { said, read, write: put } = trying(STORES, databases)
  const write = (tried: unknown, statements: Compilable | readonly Compilable[]) => put(tried, statements, d)

  await write(account.writeSetting, account.writeSetting(d, 'setup', 'a'))
  await write(account.writeOnce, account.writeOnce(d, 'setup', 'b'))
  await write(account.emptySetting, account.emptySetting(d, 'setup', 'b'))
  await write(account.emptySetting, account.emptySetting(d, 'setup', 'a'))
  await read(account.readSetting, account.readSetting(d, 'setup'))

  await write(people.insertPerson, people.insertPerson(d, { ...person, id: ann, name: 'Ann', role: 'organiser' }))
  const bobs = { ...person, id: bob, name: 'Bob', role: 'auditor' as const, invitation: hash }
  await write(people.insertPerson, people.insertPerson(d, bobs))
  await write(people.insertPerson, people.insertPerson(d, { ...bobs, id: bytes(15, 9) }))
  await read(people.hasOrganiser, people.hasOrganiser(d))
  await write(people.ifNobodyRunsIt, people.ifNobodyRunsIt(d))
  await write(people.renewInvitation, people.renewInvitation(d, ann, bytes(32, 7)))
  await write(people.acceptInvitation, people.acceptInvitation(d, ann, bytes(32, 8), 'ann', 'secret'))
  await write(people.acceptInvitation, people.acceptInvitation(d, ann, bytes(32, 7), 'ann', 'secret'))
  await write(people.restorePerson, people.restorePerson(d, ann, 'new'))
  await write(people.ifNobodyRunsIt, people.ifNobodyRunsIt(d))
  await write(people.keepAnOrganiser, people.keepAnOrganiser(d, ann))
  await write(people.keepAnOrganiser, people.keepAnOrganiser(d, bob))
  await read(people.hasOrganiser, people.hasOrganiser(d))
  await read(people.findPerson, people.findPerson(d, ann))
  await read(people.findLogin, people.findLogin(d, 'ann'))
  await read(people.findInvited, people.findInvited(d, hash))
  await read(people.readPeople, people.readPeople(d))

  await write(listing.insertListing, listing.insertListing(d, poll, 'nonce'))
  await write(listing.insertListing, listing.insertListing(d, draft, 'nonce'))
  await write(listing.listManifest, listing.listManifest(d, poll, hash))
  await write(listing.listManifest, listing.listManifest(d, poll, hash))
  await read(listing.readListing, listing.readListing(d))
  await read(listing.isListed, listing.isListed(d, poll))
  await read(listing.findNonce, listing.findNonce(d, 'nonce'))
  await read(listing.findListed, listing.findListed(d, hash))
  await read(listing.readManifestsOf, listing.readManifestsOf(d, poll))
  await read(listing.readListed, listing.readListed(d, bytes(32, 0), bytes(32, 255)))
  await write(people.givePoll, people.givePoll(d, bob, poll))
  await write(people.givePolls, people.givePolls(d, bob, [draft]))
  await read(people.readGiven, people.readGiven(d, bob))
  await write(people.givePolls, people.givePolls(d, bob, null))
  await read(people.readGiven, people.readGiven(d, bob))

  const session = (password: string) => account.insertSession(d, hash, { person: ann, password }, 1_700_000_000_000)
  await write(account.insertSession, session('secret'))
  await write(account.insertSession, session('new'))
  await write(account.touchSession, account.touchSession(d, hash, 1_700_000_000_001))
  await read(account.findSession, account.findSession(d, hash))
  await write(account.deleteOldSessions, account.deleteOldSessions(d, 1, 2))
  await read(account.findSession, account.findSession(d, hash))
  await write(account.deleteSessionsOf, account.deleteSessionsOf(d, ann))
  await write(account.deleteSession, account.deleteSession(d, hash))
  await read(account.findSession, account.findSession(d, hash))

  const packDraft = { id: draft, version: 1, text: 'one', changed_by: ann, proposed_by: null }
  await write(packs.insertPackDraft, packs.insertPackDraft(d, packDraft))
  const changed = (version: number) => packs.updatePackDraft(d, draft, version, { text: 'two', changed_by: bob })
  await write(packs.updatePackDraft, changed(2))
  await write(packs.updatePackDraft, changed(1))
  await write(packs.proposePackDraft, packs.proposePackDraft(d, draft, 2, ann))
  await read(packs.findPackDraft, packs.findPackDraft(d, draft))
  await read(packs.readPackDrafts, packs.readPackDrafts(d))
  const pack = { sha256: hash, id: 'p', version: 1, entered_by: 'Ann', confirmed_by: 'Bob' }
  const freeze = (confirmer: Uint8Array) =>
    packs.freezePack(d, { id: draft, text: 'two', proposed_by: ann, confirmer }, pack)
  await write(packs.freezePack, freeze(ann))
  await write(packs.freezePack, freeze(bob))
  await write(packs.deletePackDraft, packs.deletePackDraft(d, draft))
  await read(packs.readFrozen, packs.readFrozen(d))
  await read(packs.findFrozen, packs.findFrozen(d, hash))
  await read(packs.isFrozen, packs.isFrozen(d, 'p', 1))
  await read(packs.isFrozen, packs.isFrozen(d, 'p', 2))

  await write(people.deletePerson, people.deletePerson(d, bob))
  await write(listing.deleteListing, listing.deleteListing(d, poll))
  await read(listing.findListed, listing.findListed(d, hash))
  return said
}

async function tryPoll(databases: Databases): Promise<readonly Said[]> {
  const db = databases.of(poll)
  const { said, read, write, does } = trying(STORES, databases)
  const to = (from: polls.PollRow['state'], change: Parameters<typeof polls.updatePoll>[3]) =>
    write(polls.updatePoll, polls.updatePoll(db, poll, [from], change))

  await write(polls.insertPoll, polls.insertPoll(db, row))
  await write(polls.insertPoll, polls.insertPoll(db, pollRow(draft, hash, { manifest: null })))
  await write(polls.updateDraft, polls.updateDraft(db, poll, 2, { draft: '{"a":1}' }))
  await write(polls.updateDraft, polls.updateDraft(db, poll, 1, { draft: '{"a":1}', stated: null }))
  await write(polls.updateStated, polls.updateStated(db, { id: poll, draft: '{}', closing: null }, 's'))
  await write(polls.updateStated, polls.updateStated(db, { id: poll, draft: '{"a":1}', closing: null }, 's'))
  await to('open', { state: 'printed' })
  await to('draft', { state: 'printed', version: 7 })
  await read(polls.findPoll, polls.findPoll(db, poll))
  await read(polls.findPollOfManifest, polls.findPollOfManifest(db, hash))
  await read(polls.readWholePolls, polls.readWholePolls(db))

  await write(polls.insertMember, polls.insertMember(db, poll, 2, 'two'))
  await write(polls.insertMember, polls.insertMember(db, poll, 1, 'one'))
  await write(polls.insertMember, polls.insertMember(db, poll, 1, 'again'))
  await read(polls.readMembers, polls.readMembers(db, poll))
  await write(polls.deleteMembers, polls.deleteMembers(db, poll))
  const message = { step: 'commit', sender: 1, recipient: 0, body: 'b' } as const
  await write(polls.insertMessage, polls.insertMessage(db, poll, message))
  await write(polls.insertMessage, polls.insertMessage(db, poll, message))
  await write(polls.replaceMessage, polls.replaceMessage(db, poll, { ...message, body: 'c' }))
  await write(polls.insertMessage, polls.insertMessage(db, poll, { ...message, step: 'box', recipient: 2 }))
  await read(polls.readMessages, polls.readMessages(db, poll))
  await write(polls.deleteMessages, polls.deleteMessages(db, poll, 'box'))
  await write(polls.deleteMessages, polls.deleteMessages(db, poll))

  const [one, two] = [bytes(32, 11), bytes(32, 12)]
  await write(voting.listTokens, voting.listTokens(db, poll, [[one], [two]]))
  await does(voting.spend, voting.spend(db, which, one, bytes(3, 1), bytes(3, 2)))
  await to('printed', { state: 'open', gate: 'open', last_call_ms: 1_700_000_000_000 })
  await read(polls.findGate, polls.findGate(db, poll, hash))
  await read(polls.findGate, polls.findGate(db, poll, one))
  await does(voting.spend, voting.spend(db, { id: poll, manifest: { hash: one } }, one, bytes(3, 1), bytes(3, 2)))
  await does(voting.spend, voting.spend(db, which, one, bytes(3, 1), bytes(3, 2)))
  await does(voting.spend, voting.spend(db, which, one, bytes(3, 1), bytes(3, 2)))
  await does(voting.spend, voting.spend(db, which, two, bytes(3, 1), null))
  await does(voting.spend, voting.spend(db, which, bytes(32, 13), bytes(3, 1), null))
  const accepted = { kind: 0, key: one, group: 0, receipt: bytes(64, 1) }
  await does(voting.append, voting.append(db, which, { bytes: bytes(3000, 7), sealed: null }, accepted))
  await does(voting.append, voting.append(db, which, { bytes: bytes(9, 7), sealed: null }, accepted))
  await does(
    voting.append,
    voting.append(db, which, { bytes: bytes(9, 7), sealed: bytes(2, 2) }, { ...accepted, kind: 1 }),
  )
  await read(voting.findToken, voting.findToken(db, poll, two))
  await read(voting.findSpent, voting.findSpent(db, poll, two))
  await read(voting.findCast, voting.findCast(db, poll, 0, one))
  await read(voting.readTokens, voting.readTokens(db, poll))
  await read(voting.readSpent, voting.readSpent(db, poll))
  await read(voting.readCasts, voting.readCasts(db, poll))
  await read(voting.readTurnout, voting.readTurnout(db, poll))
  await read(voting.countSpent, voting.countSpent(db, poll, 2))
  const elsewhere = [one, bytes(32, 14)].map(token => ({ request: new Uint8Array([...token, 1]), voided: false }))
  await write(voting.takeSpent, voting.takeSpent(db, poll, elsewhere))
  await write(voting.takeSpent, voting.takeSpent(db, poll, elsewhere.slice(0, 1)))
  await db.rewrite(poll)
  await read(voting.readSpent, voting.readSpent(db, poll))
  await read(voting.readCasts, voting.readCasts(db, poll))

  await to('open', { gate: 'shut' })
  await does(voting.append, voting.append(db, which, { bytes: bytes(9, 7), sealed: null }, { ...accepted, key: two }))
  await write(paper.whileStated, paper.whileStated(db, { id: poll, stated: null }))
  await write(paper.whileStated, paper.whileStated(db, { id: poll, stated: 's' }))
  for (const body of ['5', '5', '6']) await write(paper.keepKeying, paper.keepKeying(db, poll, 1, body))
  await read(polls.readMessages, polls.readMessages(db, poll))
  const keyed = (body: string) => [{ step: 'keying', sender: 1, recipient: 0, body } as const]
  await write(paper.countPaper, paper.countPaper(db, poll, keyed('5'), '{}'))
  await write(paper.countPaper, paper.countPaper(db, poll, keyed('6'), '{}'))
  await read(polls.findPoll, polls.findPoll(db, poll))

  await write(dossier.insertEntry, dossier.insertEntry(db, { poll, n: 1, body: '{}', ...name }))
  await write(dossier.insertConfirmation, dossier.insertConfirmation(db, { poll, n: 1, ...name }))
  await write(dossier.insertConfirmation, dossier.insertConfirmation(db, { poll, n: 2, ...name }))
  await read(dossier.readEntries, dossier.readEntries(db, poll))
  await write(dossier.updateMinutes, dossier.updateMinutes(db, poll, 1, '{}'))
  await write(dossier.updateMinutes, dossier.updateMinutes(db, poll, 0, '{}'))
  await write(dossier.sealMinutes, dossier.sealMinutes(db, poll, 1))
  await write(dossier.sealMinutes, dossier.sealMinutes(db, poll, 1))
  await write(dossier.whileStamp, dossier.whileStamp(db, poll, ['mat']))
  await write(dossier.updateStamp, dossier.updateStamp(db, poll, ['', 'toi-mat'], 'mat'))
  await write(dossier.updateStamp, dossier.updateStamp(db, poll, [''], 'mat'))
  await write(dossier.whileStamp, dossier.whileStamp(db, poll, ['', 'mat']))
  const scan = { poll, n: 1, name: 's', type: 'image/png', bytes: bytes(5000, 3), by_name: 'Ann' }
  await write(dossier.insertScan, dossier.insertScan(db, scan))
  await read(dossier.readScans, dossier.readScans(db, poll))
  await read(dossier.findScan, dossier.findScan(db, poll, 1))
  const copy = { poll, number: 1, form: 'f', recipient: 'r', by_name: 'Ann' }
  await write(dossier.insertCopy, dossier.insertCopy(db, copy))
  await read(dossier.readCopies, dossier.readCopies(db, poll))

  await write(comments.nameCombiner, comments.nameCombiner(db, poll, 1, 'signed'))
  await write(comments.putBox, comments.putBox(db, poll, { sender: 2, recipient: 2, bytes: bytes(4, 1) }))
  await write(comments.putBox, comments.putBox(db, poll, { sender: 2, recipient: 1, bytes: bytes(4, 1) }))
  await read(comments.readSenders, comments.readSenders(db, poll, 1))
  await read(comments.readBoxes, comments.readBoxes(db, poll, 1))
  await write(comments.putFile, comments.putFile(db, poll, 2, bytes(5, 1)))
  await write(comments.putFile, comments.putFile(db, poll, 1, bytes(5, 1)))
  await read(comments.hasFile, comments.hasFile(db, poll))
  await read(comments.findFile, comments.findFile(db, poll))
  await write(comments.forgetComments, comments.forgetComments(db, poll))

  await write(dossier.insertEntry, { compile: () => db.read.deleteFrom('entry').compile() })
  await write(dossier.insertEntry, { compile: () => db.read.updateTable('entry').set({ body: 'x' }).compile() })
  await write(polls.deleteTokens, polls.deleteTokens(db, poll))
  await read(voting.readSpent, voting.readSpent(db, poll))
  await write(polls.deletePoll, polls.deletePoll(db, poll))
  await read(dossier.readEntries, dossier.readEntries(db, poll))
  return said
}

const functions = STORES.flatMap(Object.entries)
  .filter(([, one]) => typeof one === 'function')
  .map(([name]) => name)

describe.skipIf(!postgresAvailable())('the stores', () => {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-'))
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(async () => {
    await server.remove()
    rmSync(folder, { recursive: true })
  })

  it('say the same on both engines, function by function', async () => {
    const both = [openSqlite(join(folder, 'phieukin.sqlite')), await openPostgres(await server.newDatabase())]
    const [embedded, postgres] = await Promise.all(
      both.map(async databases => {
        const said = [...(await tryDirectory(databases)), ...(await tryPoll(databases))]
        await databases.close()
        return said
      }),
    )
    expect(postgres).toStrictEqual(embedded)
    expect(new Set(postgres!.map(([tried]) => tried))).toEqual(new Set(functions))
    for (const outcome of ['stored', 'conflict'])
      expect(postgres!.filter(([, one]) => one === outcome).length).toBeGreaterThan(20)
  })
})
