/** A poll is played over HTTP and everything that is left is searched; then leaks are planted, one at a time. */
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { compare } from '../crypto/bytes.ts'
import { tokenKeyPair } from '../crypto/token.ts'
import { secureRng, seededRng, shuffled } from '../server/play/seed.ts'
import { insertPoll } from '../server/store/polls.ts'
import { append, listTokens, spend } from '../server/store/voting.ts'
import { type Answered, correlation, type Evidence, leaksIn, type Trace } from './leaks.ts'
import { type Ask, act, firstOrganiser, type Office, openOffice, phoneWith, sealPoll } from './office.ts'
import { pollRow } from './rows.ts'

const VOTERS = 30

/** What may be changed about the server before the poll is played. */
interface Planted {
  /** Statements run on the database before anything is stored. */
  readonly sql?: string
  readonly ask?: (office: Office) => Ask
  /** Run just before closing, while another reader holds on to the log. */
  readonly reading?: boolean
}

async function playWith({
  sql,
  ask: wrap,
  reading,
}: Planted): Promise<Evidence & { readonly office: Office; readonly end: () => void }> {
  const office = openOffice()
  if (sql) {
    const database = new Database(office.file)
    database.exec(sql)
    database.close()
  }
  const organiser = await firstOrganiser(office)
  const poll = await sealPoll(office.ask, organiser, { cards: VOTERS + 4 })
  await act(organiser, poll, 'open', [0])
  const answered: Answered[] = []
  const ask = wrap?.(office) ?? office.ask
  const send = async (voter: number, door: 'redeem' | 'cast', body: Uint8Array) => {
    const response = await ask(`/api/polls/${poll.hash}/${door}`, {
      method: 'POST',
      body: body.slice(),
      headers: marked(voter),
    })
    const answer = new Uint8Array(await response.arrayBuffer())
    expect(response.status).toBe(200)
    answered.push({ door, headers: [...response.headers], body: answer })
    return answer
  }
  const voters = Array.from({ length: VOTERS }, (_, i) => ({ i, phone: phoneWith(poll.manifest, poll.cards[i]!) }))
  const traces = new Map<number, Trace>()
  const redeemed: Trace[] = []
  for (const { i, phone } of shuffled(voters, secureRng)) {
    const { request } = phone
    phone.receive(await send(i, 'redeem', request))
    const [ballot] = phone.seal([[i % 3]], [], poll.manifest.electionKey.point)
    const token = tokenKeyPair(poll.manifest.poll.id, poll.cards[i]!).public.bytes
    const trace = { token, request, ballot: ballot!.publicPart, marks: Object.values(marked(i)) }
    traces.set(i, trace)
    redeemed.push(trace)
  }
  const cast: Trace[] = []
  for (const { i } of shuffled(voters, secureRng)) {
    await send(i, 'cast', traces.get(i)!.ballot)
    cast.push(traces.get(i)!)
  }
  const reader = reading ? new Database(office.file, { readonly: true }) : null
  reader?.exec('begin')
  reader?.prepare('select count(*) from cast').get()
  await act(organiser, poll, 'close', [])
  office.wait(120_000)
  for (const member of poll.members.slice(0, 2)) {
    const handedOut = [VOTERS]
    const signature = Buffer.from(member.device.act({ action: 'close', handedOut })).toString('base64url')
    await member.post('/act', { action: 'close', handedOut, signature })
  }
  const response = await ask(`/api/polls/${poll.hash}/record`)
  const board = await response.text()
  expect(board).toContain('"type":"closing"')
  answered.push({ door: 'other', headers: [...response.headers], body: Buffer.from(board) })
  // The reader goes when everything has been looked at.
  const end = () => reader?.close()
  return { office, end, file: office.file, logged: office.logged, answered, redeemed, cast, board }
}

const marked = (voter: number): Record<string, string> => ({
  'user-agent': `Zalo-Android-máy-số-${voter}-x7Qk`.normalize('NFD').replace(/[^\x20-\x7e]/g, ''),
  'x-forwarded-for': `203.0.113.${voter + 100}`,
  cookie: `visitor=v${voter}tZ9wP`,
})

const findLeaks = async (planted: Planted): Promise<readonly string[]> => {
  const evidence = await playWith(planted)
  const leaks = leaksIn(evidence)
  evidence.end()
  await evidence.office.close()
  return leaks
}

/** A door that also does something else. */
const also =
  (change: (path: string, init: RequestInit, response: Response, office: Office) => Response | Promise<Response>) =>
  (office: Office): Ask =>
  async (path, init = {}) =>
    change(path, init, await office.ask(path, init), office)

const withHeader = (response: Response, name: string, value: string): Response => {
  const changed = new Response(response.body, response)
  changed.headers.set(name, value)
  return changed
}
const headerOf = (init: RequestInit, name: string): string => (init.headers as Record<string, string>)?.[name] ?? ''

const PLANTED: readonly (readonly [leak: string, planted: Planted, noticed: string])[] = [
  [
    'a time beside each redemption',
    { sql: `alter table spent add column at integer default 1` },
    'a table, column or trigger that nobody declared',
  ],
  [
    'a running number of all that comes',
    {
      sql: `create table visit (n integer primary key autoincrement, what blob);
            create trigger one after insert on spent begin insert into visit (what) values (new.token); end;
            create trigger two after insert on cast begin insert into visit (what) values (new.key); end;`,
    },
    'a table, column or trigger that nobody declared',
  ],
  [
    'ballots kept in a table with row numbers',
    {
      sql: `drop table cast;
            create table cast (poll blob, kind integer, key blob, grp integer, bytes blob, sealed blob, receipt blob,
              gate text, primary key (poll, kind, key)) strict`,
    },
    'a hidden row number',
  ],
  [
    'the same, seen by how rows lie in the file',
    {
      sql: `drop table cast;
            create table cast (poll blob, kind integer, key blob, grp integer, bytes blob, sealed blob, receipt blob,
              gate text, primary key (poll, kind, key)) strict`,
    },
    'rows lie in the file as they came',
  ],
  [
    'one number for a phone’s redemption and cast',
    {
      sql: `alter table spent add column visit integer;
            alter table cast add column visit integer;
            create trigger one after insert on spent begin
              update spent set visit = 5000 + (select count(*) from spent) where token = new.token; end;
            create trigger two after insert on cast begin
              update cast set visit = 5000 + (select count(*) from cast) where key = new.key; end;`,
    },
    'a value that a redemption and a cast have in common',
  ],
  [
    'a copy of each redemption',
    {
      sql: 'create table kept (request blob); create trigger c after insert on spent begin insert into kept values (new.request); end',
    },
    'rows lie in the file as they came',
  ],
  ['the log of writes held open by a reader', { reading: true }, 'the log of writes still tells of cards or ballots'],
  [
    'an address in the log',
    {
      ask: also((path, init, response, { deps }) => {
        deps.log(`${path} ${headerOf(init, 'x-forwarded-for')}`)
        return response
      }),
    },
    'something that a phone said of itself',
  ],
  [
    'a line in the log for each redemption',
    {
      ask: also((path, _, response, { deps }) => {
        if (path.endsWith('redeem')) deps.log('redeemed')
        return response
      }),
    },
    'something was logged',
  ],
  [
    'a number for each request',
    { ask: also((_, __, response) => withHeader(response, 'x-request-id', String(Math.random()))) },
    'a header that could tell phones apart',
  ],
  [
    'a cookie',
    { ask: also((_, __, response) => withHeader(response, 'set-cookie', 'visitor=1')) },
    'a header that could tell phones apart',
  ],
  [
    'the browser sent back',
    { ask: also((_, init, response) => withHeader(response, 'content-disposition', headerOf(init, 'user-agent'))) },
    'something that a phone said of itself',
  ],
  [
    'a running number after the receipt',
    {
      ask: also(async (path, _, response) =>
        path.endsWith('cast')
          ? new Response(Buffer.concat([Buffer.from(await response.arrayBuffer()), Buffer.of(1)]), response)
          : response,
      ),
    },
    'an answer says more than the protocol',
  ],
  [
    'a board as it came',
    {
      ask: also(async (path, _, response) =>
        path.endsWith('record')
          ? new Response((await response.text()).split('\n').reverse().join('\n'), response)
          : response,
      ),
    },
    'the board is not in the order of its content',
  ],
]

describe('after a poll over HTTP', () => {
  it('nothing that is left joins a card to a ballot or tells an order', async () => {
    expect(await findLeaks({})).toEqual([])
  })

  it('the log of writes is emptied, too, once nothing is written for a moment', async () => {
    const { office, file } = await playWith({})
    const size = () => readFileSync(`${file}-wal`).length
    expect(size()).toBeGreaterThan(0)
    for (const end = Date.now() + 5000; size() > 0 && Date.now() < end; ) await new Promise(go => setTimeout(go, 50))
    expect(size()).toBe(0)
    await office.close()
  })

  it.each(PLANTED)('%s is noticed', async (_, planted, noticed) => {
    expect(await findLeaks(planted)).toContain(noticed)
  })
})

describe('the order of rows in the file', () => {
  /** The same rows written in some order; the file after it was rewritten, without the counters of its header. */
  async function fileOf(order: readonly number[]): Promise<Uint8Array> {
    const office = openOffice()
    const { db, file } = office
    const rng = seededRng(5)
    const rows = Array.from({ length: 60 }, () => ({
      token: rng(32),
      request: rng(160),
      answer: rng(160),
      key: rng(32),
      bytes: rng(2000),
      receipt: rng(96),
    }))
    const [id, hash] = [rng(16), rng(32)]
    const poll = { id, manifest: { hash } }
    await db.write([insertPoll(db, pollRow(id, hash, { state: 'open', gate: 'open' }))])
    await db.write(listTokens(db, id, [rows.map(({ token }) => token).sort(compare)]))
    for (const i of order) {
      const { token, request, answer, key, bytes, receipt } = rows[i]!
      await spend(db, poll, token, request, answer)
      await append(db, poll, { bytes, sealed: null }, { kind: 0, key, group: 0, receipt })
    }
    await db.rewrite(id)
    const found = new Uint8Array(readFileSync(file))
    await office.close()
    // Change counters and the number of the schema (file format, sections 1.3.7, 1.3.8 and 1.3.16).
    for (const [from, to] of [
      [24, 28],
      [40, 44],
      [92, 96],
    ] as const)
      found.fill(0, from, to)
    return found
  }

  it('is the same whatever order they came in, byte for byte, once it was rewritten', async () => {
    const forwards = Array.from({ length: 60 }, (_, i) => i)
    const one = await fileOf(forwards)
    const two = await fileOf(shuffled(forwards, seededRng(6)))
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true)
  })

  it('betrays itself by its correlation: none for chance, all for the same order', () => {
    expect(correlation([1, 2, 3, 4, 5])).toBe(1)
    expect(correlation([5, 4, 3, 2, 1])).toBe(-1)
    expect(Math.abs(correlation(shuffled([...Array(200).keys()], seededRng(7))))).toBeLessThan(0.2)
  })
})
