/**
 * What each request asks of its poll's database and of the directory, counted at the seam: on Workers each question to a
 * poll is a billed request to its object, each one to the directory a query of D1.
 */
import { startOf } from '../../client/voter/kept.ts'
import type { Databases } from '../../server/db.ts'
import { Polls } from '../../server/polls.ts'
import {
  act,
  ask as askFor,
  draftFor,
  firstOrganiser,
  openOffice,
  phoneWith,
  post,
  said,
  sealPoll,
  signAct,
} from '../office.ts'

export interface Questions {
  readonly request: string
  readonly directory: number
  readonly poll: number
}

/** The same databases, with every reading and every write counted. */
function counted(databases: Databases) {
  const asked = { directory: 0, poll: 0 }
  const countingOf = <D extends Databases['directory'] | ReturnType<Databases['of']>>(
    db: D,
    which: keyof typeof asked,
  ): D => ({
    ...db,
    read: db.read.withPlugin({
      // A statement that is only made, to be written, asks nothing yet: what comes back is counted.
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        asked[which]++
        return result
      },
    }),
    write: (statements: Parameters<D['write']>[0]) => {
      asked[which]++
      return db.write(statements)
    },
  })
  const directory = countingOf(databases.directory, 'directory')
  const known: Databases = { ...databases, directory, of: poll => countingOf(databases.of(poll), 'poll') }
  return { databases: known, asked }
}

/** Of an ordinary poll on one warm process: one ballot of 1×3 from the card to the record, and who watches meanwhile. */
export async function questionsAsked(): Promise<readonly Questions[]> {
  const plain = openOffice({ lastCallMs: () => 0 })
  const { databases, asked } = counted(plain.deps.databases)
  const office = openOffice({
    databases,
    directory: databases.directory,
    polls: new Polls(databases),
    lastCallMs: () => 0,
  })
  const found: Questions[] = []
  const during = async <T>(request: string, work: () => Promise<T>): Promise<T> => {
    const before = { ...asked }
    const result = await work()
    found.push({ request, directory: asked.directory - before.directory, poll: asked.poll - before.poll })
    return result
  }
  const organiser = await firstOrganiser({ ...plain, ask: office.ask })
  const sealed = await during('sealing and printing', () =>
    sealPoll(office.ask, organiser, { draft: draftFor(), cards: 9 }),
  )
  const { hash, members, poll, cards, manifest } = sealed
  await during('opening', () => act(organiser, sealed, 'open', [0]))
  const get = (path: string) => office.ask(path).then(said)
  // The first request of all makes the process know the poll.
  await get(`/api/manifests/${startOf(manifest.hash)}`)
  await during('manifest', () => get(`/api/manifests/${startOf(manifest.hash)}`))
  for (const [i, card] of cards.entries()) {
    const phone = phoneWith(manifest, card)
    const redeem = async () => said<Uint8Array>(await post(office.ask, hash, 'redeem', phone.request))
    phone.receive(await (i === 0 ? during('redeem', redeem) : redeem()))
    const [ballot] = phone.seal([[i % 3]], [], manifest.electionKey.point)
    const cast = async () => said<Uint8Array>(await post(office.ask, hash, 'cast', ballot!.publicPart))
    await (i === 0 ? during('cast', cast) : cast())
  }
  await during('state', () => get(`/api/polls/${hash}`))
  await during('a member’s phone looks', () => members[0]!.view())
  await during('the organiser’s page looks', () => organiser.get(`/polls/${poll}`))
  await during('closing', async () => {
    await askFor(organiser, poll, 'close')
    for (const member of members.slice(0, 2)) await signAct(member, 'close', [cards.length])
  })
  await during('the first record', () => get(`/api/polls/${hash}/record`))
  await during('another record', () => get(`/api/polls/${hash}/record`))
  await office.close()
  await plain.close()
  return found
}
