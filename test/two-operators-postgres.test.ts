/** Two operators with a PostgreSQL database each: the same poll as on files. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { openPostgres } from '../server/db/postgres.ts'
import { secureRng } from '../server/play/seed.ts'
import type { PollView } from '../server/wire.ts'
import { act, count, firstOrganiser, handBack, phoneWith, post, said, sealPoll, signAct, vote } from './office.ts'
import { type PostgresServer, postgresAvailable, startPostgres } from './postgres.ts'
import { openTwoOffices } from './two-offices.ts'

describe.skipIf(!postgresAvailable())('two operators on PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.remove())

  it('hold a poll to a record that verifies, with the line cut at its end', async () => {
    const [box, redeem] = [
      await openPostgres(await server.newDatabase()),
      await openPostgres(await server.newDatabase()),
    ]
    const two = openTwoOffices({ on: { box, redeem } })
    const organiser = await firstOrganiser(two.box)
    const poll = await sealPoll(two.ask, organiser, { cards: 5 })
    await act(organiser, poll, 'open', [0])
    expect((await post(two.ask, poll.hash, 'void', handBack(poll, poll.cards[4]!))).status).toBe(204)
    for (const i of [0, 1, 2]) await vote(two.ask, poll, poll.cards[i]!, [[i]])
    await act(organiser, poll, 'close', [])
    two.box.wait(120_000)
    const { team } = await organiser.get<PollView>(`/polls/${poll.poll}`)
    expect(team!.turnout).toEqual({ redeemed: 3, cast: 3 })
    two.falsified = async (path, response) => {
      if (/gate$/.test(path)) throw new TypeError('lost')
      return response
    }
    expect(await signAct(poll.members[0]!, 'close', [3])).toBeNull()
    expect(await signAct(poll.members[1]!, 'close', [3])).toBe('peer-away')
    two.falsified = null
    expect((await organiser.get<PollView>(`/polls/${poll.poll}`)).state).toBe('closed')
    expect(await said(await post(two.ask, poll.hash, 'redeem', phoneWith(poll.manifest, poll.cards[3]!).request))).toBe(
      'closed',
    )
    await count(poll.members.slice(0, 2))
    const record = await poll.members[0]!.record()
    expect(record.match(/"type":"(redemption|void|ballot)"/g)).toHaveLength(3 + 1 + 3)
    expect(await verify(chunksOf(record), { rng: secureRng })).toMatchObject({ ok: true, complete: true })
    await two.close()
  })
})
