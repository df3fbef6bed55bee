/** Backups that do not betray: what is refused, what a file holds, what comes back, and that it lives in one place. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBase64url, shortCode, toBase64url, utf8 } from '../crypto/bytes.ts'
import { readFileCode } from '../crypto/comment-file.ts'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { parcelOf, putRows } from '../server/carrying.ts'
import { writeSealed } from '../server/commands/sealed-file.ts'
import { openSqlite } from '../server/db/sqlite.ts'
import { NO_ROWS, withRow, writeEnd } from '../server/parcel.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { insertPoll } from '../server/store/polls.ts'
import { backUp, codeIn, dataOf, logIn, newFolders, officeAt, putBack } from './clerk.ts'
import {
  act,
  ask,
  count,
  draftFor,
  firstOrganiser,
  handBack,
  memberWith,
  type Office,
  type Organiser,
  openOffice,
  post,
  type SealedPoll,
  said,
  sealPoll,
  vote,
} from './office.ts'
import { pollRow } from './rows.ts'

const folders = newFolders()
afterAll(folders.remove)

const handleOf = ({ poll }: SealedPoll) => fromBase64url(poll)!

async function linesOf({ deps }: Office, sealed: SealedPoll): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of await parcelOf(deps.databases, handleOf(sealed))) lines.push(line)
  return lines
}

const newOffice = () => openOffice({ lastCallMs: () => 0 })
const votes = async ({ ask }: Office, sealed: SealedPoll, n: number) => {
  for (const [i, card] of sealed.cards.slice(0, n).entries()) await vote(ask, sealed, card, [[i % 3]])
}

/** The same members' devices, at another address. */
const movedTo = (office: Office, sealed: SealedPoll, links: readonly string[]): SealedPoll => ({
  ...sealed,
  members: sealed.members.map(({ device }, i) => memberWith(office.ask, sealed.poll, i + 1, links[i]!, device)),
})

const linksOf = async ({ db }: Office): Promise<readonly string[]> =>
  (await db.read.selectFrom('member').select('secret').orderBy('idx').execute()).map(({ secret }) => secret)

describe('a poll from before opening to after the count', () => {
  let office: Office
  let organiser: Organiser
  let sealed: SealedPoll
  let before: { readonly file: string; readonly code: string }
  let after: { readonly file: string; readonly code: string }

  beforeAll(async () => {
    office = newOffice()
    organiser = await firstOrganiser(office)
    sealed = await sealPoll(office.ask, organiser, { draft: draftFor({ title: 'Cuộc một' }) })
  })
  afterAll(() => office.close())

  it('is backed up before it is opened, into a file that is for its owner alone and tells nothing', async () => {
    const file = folders.file()
    const { exit, said, code } = await backUp(dataOf(office), file)
    before = { file, code }
    expect({ exit, said }).toMatchObject({ exit: 0, said: expect.stringContaining('Đã sao lưu 1 cuộc bỏ phiếu') })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const text = readFileSync(file, 'utf8')
    for (const [, secret] of Object.entries(await linksOf(office))) expect(text).not.toContain(secret)
    expect(text).not.toContain('Cuộc một')
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^sha256 [0-9a-f]{64}$/)
    expect(readdirSync(folders.top).filter(name => name.endsWith('.part'))).toEqual([])
  })

  it('is backed up while members are asked to open it, and is asked for anew where it is restored', async () => {
    expect(await ask(organiser, sealed.poll, 'open')).toBeNull()
    const file = folders.file()
    const { code } = await backUp(dataOf(office), file)
    const env = folders.env()
    expect((await putBack(env, file, code, { onlyHere: true })).exit).toBe(0)
    const there = officeAt(env)
    const asked = ({ db }: Office) => db.read.selectFrom('poll').select(['state', 'asked']).execute()
    expect(await asked(office)).toEqual([{ state: 'printed', asked: expect.stringContaining('open') }])
    expect(await asked(there)).toEqual([{ state: 'printed', asked: null }])
    await there.close()
  })

  it('is not restored without the word that it lives nowhere else; with it, it is, to the last row', async () => {
    const env = folders.env()
    const refused = await putBack(env, before.file, before.code)
    expect(refused).toMatchObject({ exit: 2, said: expect.stringContaining('hai hòm phiếu cùng khóa') })
    expect(refused.said).toContain('Không có gì được phục hồi')
    const { exit } = await putBack(env, before.file, before.code, { onlyHere: true })
    expect(exit).toBe(0)
    const there = officeAt(env)
    expect(await linesOf(there, sealed)).toEqual(await linesOf(office, sealed))
    expect(await there.db.read.selectFrom('member').selectAll().execute()).toHaveLength(3)
    await there.close()
  })

  it('is refused with title, code and exit 2 once a card was handed back, and nothing is stored', async () => {
    const returned = await said(await post(office.ask, sealed.hash, 'void', handBack(sealed, sealed.cards[9]!)))
    expect(returned).toBeNull()
    const file = folders.file()
    const { exit, said: sentence } = await backUp(dataOf(office), file)
    expect(exit).toBe(2)
    expect(sentence).toContain('đã có thẻ trả lại')
    expect(existsSync(file)).toBe(false)
  })

  it('is refused with title, code and exit 2 while it is open, and nothing is stored', async () => {
    await act(organiser, sealed, 'open', [0])
    await votes(office, sealed, 2)
    const file = folders.file()
    const { exit, said: sentence } = await backUp(dataOf(office), file)
    expect(exit).toBe(2)
    expect(sentence).toContain('“Cuộc một”')
    expect(sentence).toMatch(/\([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\) đang mở/)
    expect(sentence).toContain('Không lưu gì')
    expect(existsSync(file)).toBe(false)
    expect(readdirSync(folders.top).filter(name => name.endsWith('.part'))).toEqual([])
  })

  it('is left out by --leave-open, which says so and ends with 3; the others are stored', async () => {
    const other = await sealPoll(office.ask, organiser, { draft: draftFor({ title: 'Cuộc hai' }) })
    const file = folders.file()
    const { exit, said: sentence, code } = await backUp(dataOf(office), file, { leaveOpen: true })
    expect(exit).toBe(3)
    expect(sentence).toContain('“Cuộc một”')
    expect(sentence).toContain('Đã bỏ qua')
    const env = folders.env()
    expect((await putBack(env, file, code, { onlyHere: true })).exit).toBe(0)
    const there = officeAt(env)
    expect((await there.db.read.selectFrom('poll').select('id').execute()).map(({ id }) => toBase64url(id))).toEqual([
      other.poll,
    ])
    await there.close()
    expect(await said(await office.ask(`/api/polls/${sealed.hash}`))).not.toBe('not-found')
  })

  it('is refused over an open original too: what is there is other than the file', async () => {
    const { exit, said: sentence } = await putBack(dataOf(office), before.file, before.code, { onlyHere: true })
    expect(exit).toBe(2)
    expect(sentence).toContain('khác với tệp và không bị ghi đè')
  })

  it('is backed up once it is closed, and its record verifies where it is restored', async () => {
    await votes(office, { ...sealed, cards: sealed.cards.slice(2) }, 3)
    await act(organiser, sealed, 'close', [0, 1], [5])
    await count(sealed.members.slice(0, 2))
    const file = folders.file()
    const { exit, code } = await backUp(dataOf(office), file, { polls: [sealed.poll] })
    expect(exit).toBe(0)
    after = { file, code }
    const env = folders.env()
    const { exit: restored, said: sentence } = await putBack(env, file, code)
    expect(restored).toBe(0)
    expect(sentence).toContain('mọi kiểm tra đều đạt')
    const there = officeAt(env)
    expect(await linesOf(there, sealed)).toEqual(await linesOf(office, sealed))
    const record = await movedTo(there, sealed, await linksOf(there)).members[0]!.record()
    expect(await verify(chunksOf(record), { rng })).toMatchObject({ ok: true, complete: true })
    await there.close()
  })

  it('changes nothing when the same file is restored again, and is not overwritten by another', async () => {
    const env = dataOf(office)
    const rows = await linesOf(office, sealed)
    const again = await putBack(env, after.file, after.code)
    expect(again).toMatchObject({ exit: 0, said: expect.stringContaining('giống hệt; không thay đổi gì') })
    const older = await putBack(env, before.file, before.code, { onlyHere: true })
    expect(older).toMatchObject({ exit: 2, said: expect.stringContaining('không bị ghi đè') })
    expect(await linesOf(office, sealed)).toEqual(rows)
  })

  it('is not restored where a row of its record is another one, and the finding is said', async () => {
    const lines = [...(await linesOf(office, sealed))]
    const at = lines.findIndex(line => line.startsWith('{"table":"cast"'))
    const one = JSON.parse(lines[at]!) as { bytes: string }
    const bytes = fromBase64url(one.bytes)!
    bytes[bytes.length - 1]! ^= 1
    lines[at] = JSON.stringify({ ...one, bytes: toBase64url(bytes) })
    lines[lines.length - 1] = writeEnd(lines.slice(1, -1).reduce(withRow, NO_ROWS))
    const file = folders.file()
    const code = readFileCode(after.code)
    await writeSealed(
      file,
      (async function* () {
        yield* lines
      })(),
      code,
      rng,
    )
    const env = folders.env()
    const { exit, said: sentence } = await putBack(env, file, after.code)
    expect(exit).toBe(1)
    expect(sentence).toMatch(/kiểm tra không đạt: dòng \d+/)
    const there = officeAt(env)
    expect(await there.db.read.selectFrom('poll').select('id').execute()).toEqual([])
    await there.close()
  })

  it('takes no session along, and people log in with their passwords', async () => {
    const file = folders.file()
    const { code } = await backUp(dataOf(office), file, { leaveOpen: true })
    const env = folders.env()
    expect((await putBack(env, file, code, { onlyHere: true })).exit).toBe(0)
    const there = officeAt(env)
    const sessions = (from: Office) => from.deps.directory.read.selectFrom('session').selectAll().execute()
    expect((await sessions(office)).length).toBeGreaterThan(0)
    expect(await sessions(there)).toEqual([])
    expect(await there.deps.directory.read.selectFrom('setting').selectAll().execute()).toEqual([])
    const old = await said(await there.ask('/api/organiser/polls', { headers: { cookie: organiser.cookie } }))
    expect(old).toBe('needs-login')
    expect(await (await logIn(there.ask)).get('/polls')).not.toBe('needs-login')
    await there.close()
  })
})

describe('a poll that is moved', () => {
  it('is gone from its old place, and is voted on, counted and verified in the new one', async () => {
    const office = newOffice()
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser)
    const links = await linksOf(office)
    const file = folders.file()
    const { exit, said: sentence, code } = await backUp(dataOf(office), file, { move: true })
    expect(exit).toBe(0)
    expect(sentence).toContain('không còn ở nơi cũ')
    expect(await organiser.get(`/polls/${sealed.poll}`)).toBe('not-found')
    expect(await office.db.read.selectFrom('token').selectAll().execute()).toEqual([])

    const env = folders.env()
    expect((await putBack(env, file, code, { onlyHere: true })).exit).toBe(0)
    const there = officeAt(env)
    const moved = movedTo(there, sealed, links)
    const again = await logIn(there.ask)
    await act(again, moved, 'open', [0])
    await votes(there, moved, 4)
    await act(again, moved, 'close', [0, 1], [4])
    await count(moved.members.slice(0, 2))
    const record = await moved.members[0]!.record()
    expect(await verify(chunksOf(record), { rng })).toMatchObject({ ok: true, complete: true })
    await there.close()
    await office.close()
  })

  it('stays where it is when the code is typed wrong, and the file can be deleted', async () => {
    const office = newOffice()
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser)
    const file = folders.file()
    const { exit, said: sentence } = await backUp(dataOf(office), file, { move: true, type: () => 'sai' })
    expect(exit).toBe(3)
    expect(sentence).toContain('không chuyển')
    expect(await organiser.get(`/polls/${sealed.poll}`)).toMatchObject({ state: 'printed' })
    await office.close()
  })

  it('stays where it is when it was opened meanwhile, and says that the file is worth nothing', async () => {
    const office = newOffice()
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser)
    const file = folders.file()
    const env = dataOf(office)
    const { exit, said: sentence } = await backUp(env, file, {
      move: true,
      // After the file was read back, before the poll is taken away.
      type: async text => {
        await act(organiser, sealed, 'open', [0])
        return codeIn(text)
      },
    })
    expect(exit).toBe(3)
    expect(sentence).toContain('vẫn còn ở nơi cũ')
    expect(await organiser.get(`/polls/${sealed.poll}`)).toMatchObject({ state: 'open' })
    await office.close()
  })
})

describe('a file', () => {
  let office: Office
  let file = ''
  let code = ''
  let env: ReturnType<typeof folders.env>

  beforeAll(async () => {
    office = newOffice()
    const organiser = await firstOrganiser(office)
    // Long enough for several lines.
    await sealPoll(office.ask, organiser, { draft: draftFor({ convened: 2000 }), cards: 2000 })
    file = folders.file()
    const done = await backUp(dataOf(office), file)
    code = done.code
    expect(done.exit).toBe(0)
    env = folders.env()
  })
  afterAll(() => office.close())

  const change = (how: (lines: string[]) => string): string => {
    const changed = folders.file('changed')
    writeFileSync(changed, how(readFileSync(file, 'latin1').split('\n').slice(0, -1)), 'latin1')
    return changed
  }
  const joined = (lines: readonly string[]) => lines.map(line => `${line}\n`).join('')
  const flipped = (line: string, at: number) => line.slice(0, at) + (line[at] === 'A' ? 'B' : 'A') + line.slice(at + 1)

  const ROWS: readonly (readonly [name: string, how: (lines: string[]) => string, sentence: RegExp])[] = [
    ['the first line is another', lines => joined(['x', ...lines.slice(1)]), /Dòng 1 .* không phải/],
    [
      'a letter of its first sealed line is',
      lines => joined(lines.map((l, i) => (i === 1 ? flipped(l, 9) : l))),
      /Dòng 2 .* thay đổi/,
    ],
    [
      'a letter of its last sealed line is',
      lines => joined(lines.map((l, i) => (i === lines.length - 2 ? flipped(l, 9) : l))),
      /Dòng \d+ .* thay đổi/,
    ],
    ['two lines changed places', ([head, a, b, ...rest]) => joined([head!, b!, a!, ...rest]), /Dòng 2 .* thay đổi/],
    ['a line is missing', ([head, a, , ...rest]) => joined([head!, a!, ...rest]), /(Dòng 3 .* thay đổi|cắt ở dòng 3)/],
    [
      'its end is another',
      lines => joined([...lines.slice(0, -1), flipped(lines.at(-1)!, 10)]),
      /Dòng \d+ .* thay đổi/,
    ],
    ['its end is cut off', lines => joined(lines.slice(0, -1)), /cắt ở dòng/],
    ['its last letter is cut off', lines => joined(lines).slice(0, -1), /cắt ở dòng/],
    ['it is cut in the middle', lines => joined(lines).slice(0, 3000), /cắt ở dòng|thay đổi/],
    ['something follows', lines => `${joined(lines)}x`, /có thêm từ dòng/],
    ['it is empty', () => '', /Dòng 1 .* không phải/],
  ]

  it('is refused by the number of a line, and stores nothing, whatever was done to it', async () => {
    const seen: unknown[] = []
    for (const [name, how, sentence] of ROWS) {
      const { exit, said: sentenceSaid } = await putBack(env, change(how), code, { onlyHere: true })
      seen.push([name, exit, sentence.test(sentenceSaid) || sentenceSaid])
    }
    expect(seen).toEqual(ROWS.map(([name]) => [name, 2, true]))
    const there = officeAt(env)
    expect(await there.db.read.selectFrom('poll').select('id').execute()).toEqual([])
    await there.close()
  })

  it('opens with its own code, and with no other', async () => {
    const other = await backUp(dataOf(office), folders.file())
    expect(await putBack(env, file, other.code, { onlyHere: true })).toMatchObject({
      exit: 2,
      said: expect.stringContaining('Mã này không mở được'),
    })
    const misread = `${code.slice(0, 6)}${code.slice(7, 8)}${code.slice(6, 7)}${code.slice(8)}`
    if (misread !== code)
      expect(await putBack(env, file, misread)).toMatchObject({ exit: 2, said: expect.stringContaining('Nhóm 2') })
    const lower = await putBack({ ...env, BACKUP_CODE: code.toLowerCase().replaceAll(' ', '-') }, change(joined), '', {
      onlyHere: true,
    })
    expect(lower.exit).toBe(0)
  })

  it('is not written over another, nor where it cannot be; nothing half is left', async () => {
    const there = folders.file('there')
    writeFileSync(there, 'giữ')
    expect(await backUp(dataOf(office), there)).toMatchObject({ exit: 2, said: expect.stringContaining('đã có') })
    expect(readFileSync(there, 'utf8')).toBe('giữ')
    const nowhere = join(folders.top, 'không-có', 'tệp')
    expect(await backUp(dataOf(office), nowhere)).toMatchObject({ exit: 2, said: expect.stringContaining(nowhere) })
  })

  const command = (limit: string, target: string) =>
    spawn('sh', ['-c', `ulimit -f ${limit}; exec "$@"`, 'sh', process.execPath, 'server/commands/backup.ts', target], {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, ...dataOf(office) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })

  it('is not there where the disk is full in the middle, and is with more room', async () => {
    const outcome = async (limit: string) => {
      const target = folders.file('full')
      const child = command(limit, target)
      const [exit] = await once(child, 'exit')
      return { exit, there: existsSync(target), half: existsSync(`${target}.part`) }
    }
    // In blocks of 512 bytes. The database's own files are not written by reading.
    expect(await outcome('200')).toEqual({ exit: 2, there: false, half: false })
    expect(await outcome('unlimited')).toEqual({ exit: 0, there: true, half: false })
  })

  it('is whole or not there when the command is killed, and the next one cleans up', async () => {
    const target = folders.file('killed')
    for (const ms of [150, 300, 450, 600]) {
      const child = command('unlimited', target)
      // It may be done before it is killed.
      const gone = once(child, 'exit')
      await new Promise(resolve => setTimeout(resolve, ms))
      child.kill('SIGKILL')
      await gone
      if (existsSync(target)) break
    }
    const copy = folders.file('copy')
    if (existsSync(target)) copyFileSync(target, copy)
    expect(!existsSync(copy) || /\nsha256 [0-9a-f]{64}\n$/.test(readFileSync(copy, 'latin1'))).toBe(true)
    writeFileSync(`${folders.top}/left.part`, 'rest of another')
    expect(await backUp(dataOf(office), join(folders.top, 'left'))).toMatchObject({ exit: 0 })
    expect(existsSync(join(folders.top, 'left.part'))).toBe(false)
  })
})

describe('what is restored', () => {
  it('is unseen until all of it is there, and an interrupted restore is done again', async () => {
    const office = newOffice()
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser)
    const rows = (await linesOf(office, sealed)).slice(1, -1)
    const file = folders.file()
    const { code } = await backUp(dataOf(office), file)
    const env = folders.env()
    // As far as a command got that was killed.
    await putBack(env, file, code)
    const half = officeAt(env)
    await putRows(half.deps.databases, handleOf(sealed), rows.slice(0, 9))
    const manifest = shortCode(fromBase64url(sealed.hash)!)
    expect(await said(await half.ask(`/api/manifests/${manifest}`))).toBe('wrong-manifest')
    expect(await (await office.ask(`/api/manifests/${manifest}`)).text()).toContain('phieukin/v1')
    await half.close()
    expect((await putBack(env, file, code, { onlyHere: true })).exit).toBe(0)
    const there = officeAt(env)
    expect(await linesOf(there, sealed)).toEqual(await linesOf(office, sealed))
    await there.close()
    await office.close()
  })

  it('has an end only where nothing was written while it was read, and nothing of a box that was opened meanwhile', async () => {
    const office = newOffice()
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser)
    const { db } = office
    const endOf = async (meanwhile: () => Promise<unknown>) => {
      // The first reading is over; the second begins with the first line.
      const parcel = await parcelOf(office.deps.databases, handleOf(sealed))
      await meanwhile()
      const lines: string[] = []
      try {
        for await (const line of parcel) lines.push(line)
      } catch (error) {
        return `${(error as Error).message} after ${lines.length}`
      }
      return Object.keys(JSON.parse(lines.at(-1)!))[0]
    }
    const change = (reason: string) => db.write([db.read.updateTable('poll').set({ void_reason: reason })])
    expect(await endOf(async () => {})).toBe('end')
    expect(await endOf(() => change('other'))).toBe('table')
    expect(await endOf(async () => {})).toBe('end')
    expect(await endOf(() => act(organiser, sealed, 'open', [0]))).toBe('wrong-state after 1')
    await office.close()
  })

  it('is the same bytes whatever order the same ballots came in', async () => {
    const rows = Array.from({ length: 40 }, () => ({ token: rng(32), key: rng(32), bytes: rng(300) }))
    const id = rng(16)
    async function textOf(order: readonly number[]): Promise<string> {
      const databases = openSqlite(':memory:')
      const db = databases.of(id)
      const { directory } = databases
      await directory.write([directory.read.insertInto('listing').values({ poll: id, nonce: 'x' })])
      await db.write([insertPoll(db, pollRow(id, utf8('x'.repeat(32)), { draft: '{}' }))])
      for (const i of order) {
        const { token, key, bytes } = rows[i]!
        await db.write([
          db.read.insertInto('token').values({ poll: id, token, grp: 0 }),
          db.read.insertInto('spent').values({ poll: id, token, request: bytes, answer: bytes, gate: 'open' }),
          db.read
            .insertInto('cast')
            .values({ poll: id, kind: 0, key, grp: 0, bytes, sealed: null, receipt: bytes, gate: 'open' }),
        ])
      }
      await db.write([{ compile: () => sql`update poll set state = 'void' where id = ${id}`.compile(db.read) }])
      const lines: string[] = []
      for await (const line of await parcelOf(databases, id)) lines.push(line)
      await databases.close()
      return lines.join('\n')
    }
    const order = rows.map((_, i) => i)
    const first = await textOf(order)
    expect(first.split('\n')).toHaveLength(2 + 1 + 3 * rows.length)
    expect(await textOf([...order].reverse())).toBe(first)
    expect(await textOf([...order.slice(20), ...order.slice(0, 20)])).toBe(first)
  })
})
