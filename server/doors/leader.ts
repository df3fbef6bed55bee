/**
 * The doors of what follows a count (wire/leader.ts). Who stands there: anybody with an account, at the polls that were
 * given to it, each at what the role may see and do (people.ts). They learn sums, never a ballot. The same confirmation
 * again is `wrong-state`; the same entry again is another entry.
 */
import { type Context, Hono } from 'hono'
import { toBase64url } from '../../crypto/bytes.ts'
import { exactly, integer, oneOf, text } from '../../crypto/json.ts'
import { archiveOf } from '../archiving.ts'
import { fileFor } from '../comments.ts'
import type { AtPoll, Deps } from '../deps.ts'
import { dossierList, dossierView, readable } from '../dossier.ts'
import { addEntry, confirmEntry, readEntry } from '../entries.ts'
import { readMinutes, saveMinutes, seal } from '../minutes.ts'
import { draftOf } from '../organising.ts'
import { addScan, copyOf, FORMS, MOST_SCAN_BYTES, mayLeave, numberCopy, scanFile, setStamp } from '../papers.ts'
import { type Act, pollFor, requirePerson, type WithPerson } from '../people.ts'
import { no } from '../refusals.ts'
import { factsOf } from '../reports/facts.ts'
import type { FormAnswer } from '../reports/form.ts'
import { formOf, PROFILES } from '../reports/forms.ts'
import { writeDocx, writeXlsx } from '../reports/office.ts'
import { findScan } from '../store/dossier.ts'
import type { PollRow } from '../store/polls.ts'
import { Underway } from '../underway.ts'
import type { EntryBody } from '../wire/leader.ts'
import { readBytes, readHandle, readJson } from './body.ts'

const MOST_NAME_CHARS = 200
const OFFICE = 'application/vnd.openxmlformats-officedocument'
const DOCX = `${OFFICE}.wordprocessingml.document`
const XLSX = `${OFFICE}.spreadsheetml.sheet`
const profileOf = (c: Context) => oneIn(PROFILES, c.req.query('profile') ?? 'state')

/** A poll, and the application with it at hand. */
interface Found {
  readonly at: AtPoll
  readonly row: PollRow
}

export function leaderDoors(deps: Deps) {
  const { polls } = deps
  const archiving = new Underway()
  const done = (c: Context) => c.body(null, 204)
  const handle = (c: Context) => readHandle(c.req.param('poll') ?? '')
  const at = async (row: PollRow): Promise<Found> => ({ at: { ...deps, db: await polls.at(row.id) }, row })
  const reading = async (c: Context<WithPerson>) => at(await readable(polls, c.var.person, handle(c)))
  const acting = async (c: Context<WithPerson>, act: Act) => at(await pollFor(polls, c.var.person, handle(c), act))
  const counted = async (c: Context<WithPerson>, act: Act) => {
    const found = await acting(c, act)
    return found.row.state === 'counted' ? found : no('wrong-state')
  }

  return new Hono<WithPerson>()
    .use(requirePerson(deps))
    .get('/', async c => c.json(await dossierList(deps, c.var.person)))
    .get('/polls/:poll', async c => {
      const { at, row } = await reading(c)
      return c.json(await dossierView(at, c.var.person, row))
    })
    .post('/polls/:poll/entries', async c => {
      const body = await readJson(c, readEntry)
      const { at, row } = await acting(c, actOf(body))
      await addEntry(at.db, row, c.var.person, body, draftOf(row))
      return done(c)
    })
    .post('/polls/:poll/confirm', async c => {
      const { n } = await readJson(c, exactly({ n: integer(1) }))
      const { at, row } = await acting(c, 'decide')
      await confirmEntry(at.db, row, c.var.person, n)
      return done(c)
    })
    .put('/polls/:poll/minutes', async c => {
      const { version, facts } = await readJson(c, exactly({ version: integer(0), facts: readMinutes }))
      const { at, row } = await counted(c, 'write')
      return c.json({ version: await saveMinutes(at.db, row, version, facts, await factsOf(at, row)) })
    })
    .post('/polls/:poll/minutes/seal', async c => {
      const { version } = await readJson(c, exactly({ version: integer(1) }))
      const { at, row } = await counted(c, 'write')
      await seal(at.db, row, version, await factsOf(at, row))
      return done(c)
    })
    .post('/polls/:poll/scans', async c => {
      const { at, row } = await acting(c, 'write')
      mayLeave(row)
      const name = (c.req.query('name') ?? '').trim()
      if (name === '' || name.length > MOST_NAME_CHARS) no('bad-request', 'name')
      const type = c.req.header('content-type') ?? ''
      await addScan(at.db, row, c.var.person, name, type, await readBytes(c, MOST_SCAN_BYTES))
      return done(c)
    })
    .get('/polls/:poll/scans/:n', async c => {
      const { at, row } = await reading(c)
      mayLeave(row)
      const n = Number(/^[1-9]\d{0,2}$/.exec(c.req.param('n'))?.[0] ?? no('not-found'))
      const { type, bytes } = (await findScan(at.db, row.id, n)) ?? no('not-found')
      return file(c, bytes, type, scanFile(n, type))
    })
    .post('/polls/:poll/stamp', async c => {
      const { stamp } = await readJson(c, exactly({ stamp: oneOf('mat', 'toi-mat', 'tuyet-mat') }))
      const { at, row } = await acting(c, 'stamp')
      await setStamp(at.db, row, stamp)
      return done(c)
    })
    .post('/polls/:poll/copies', async c => {
      const { form, recipient } = await readJson(c, exactly({ form: oneOf(...FORMS), recipient: text }))
      if (recipient.trim() === '' || recipient.length > MOST_NAME_CHARS) no('bad-request', 'recipient')
      const { at, row } = await acting(c, 'decide')
      return c.json({ number: await numberCopy(at.db, row, c.var.person, form, recipient) })
    })
    .get('/polls/:poll/comments', async c => {
      const { at, row } = await reading(c)
      const bytes = await fileFor(at.db, c.var.person, row)
      return file(c, bytes, 'application/octet-stream', fileName('comments', row, 'gopy'))
    })
    .get('/polls/:poll/forms/:form', async c => {
      const { at, row } = await reading(c)
      const form = oneIn(FORMS, c.req.param('form'))
      const copy = await copyOf(at.db, row, form, c.req.query('copy') ?? '')
      return c.json(formOf(form, await factsOf(at, row, copy), profileOf(c)) satisfies FormAnswer)
    })
    .get('/polls/:poll/forms/:form/docx', async c => {
      const { at, row } = await reading(c)
      mayLeave(row)
      const form = oneIn(FORMS, c.req.param('form'))
      const answer = formOf(form, await factsOf(at, row), profileOf(c))
      if ('unprintable' in answer) return no('bad-minutes', answer.unprintable[0]!.rule)
      return file(c, await writeDocx(answer.form), DOCX, fileName(form, row, 'docx'))
    })
    .get('/polls/:poll/results.xlsx', async c => {
      const { at, row } = await reading(c)
      mayLeave(row)
      return file(c, await writeXlsx(await factsOf(at, row)), XLSX, fileName('results', row, 'xlsx'))
    })
    .get('/polls/:poll/archive', async c => {
      const { at, row } = await reading(c)
      mayLeave(row)
      if (row.state !== 'counted') return no('wrong-state')
      // It is made in memory, scans and all.
      if (archiving.has('archive')) return no('too-many')
      const archive = await archiving.inTurn('archive', () => archiveOf(at, c.var.person, row))
      return file(c, archive, 'application/zip', fileName('archive', row, 'zip'))
    })
}

/** What somebody must be allowed to who writes this. */
function actOf({ kind }: EntryBody): Act {
  if (kind === 'themes') return 'comments'
  return kind === 'decision' ? 'decide' : 'write'
}

/** A name of one of these; what is none is not there. */
const oneIn = <T extends string>(names: readonly T[], name: string): T =>
  names.find(one => one === name) ?? no('not-found')

/** Whoever downloads several keeps them apart by the manifest's hash, as with records; rounds on paper by their handle. */
const fileName = (what: string, { id, manifest_hash }: PollRow, ending: string): string =>
  `phieu-kin-${toBase64url(manifest_hash ?? id).slice(0, 12)}-${what}.${ending}`

const file = (c: Context, bytes: Uint8Array, type: string, name: string): Response =>
  c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
  })
