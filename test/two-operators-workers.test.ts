/** Two operators on Workers: two uploads of the same program, in two runtimes, that speak to one another. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { setupLinkAt } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import { secureRng } from '../server/play/seed.ts'
import type { PollView } from '../server/wire.ts'
import { builtPages } from './browser.ts'
import { organiserBy } from './listening.ts'
import { ADDRESS, type Ask, act, count, handBack, phoneWith, post, said, sealPoll, vote } from './office.ts'
import { PEER_KEY } from './two-offices.ts'
import { startWorkerd, type Workerd } from './workerd.ts'

describe('two operators on Workers', () => {
  let redeem: Workerd
  let box: Workerd
  beforeAll(async () => {
    redeem = await startWorkerd({ ROLE: 'redeem', PEER_KEY })
    box = await startWorkerd({
      ROLE: 'box',
      PEER_KEY,
      REDEEM_URL: redeem.url,
      PUBLIC_URL: ADDRESS,
      LAST_CALL_SECONDS: '0',
    })
  })
  afterAll(async () => {
    await box?.close()
    await redeem?.close()
  })

  it('hold a poll to a record that verifies, and neither answers what is the other’s', async () => {
    const ask: Ask = (path, init) => (/\/(redeem|void)$/.test(path) ? redeem : box).ask(path, init)
    const organiser = await organiserBy(box.ask, await setupLinkAt(box.directory, box.url))
    const { bundleHash: bundle } = readPages(await builtPages())
    const poll = await sealPoll(ask, organiser, { cards: 5, bundle })
    expect(JSON.parse(poll.manifest.text).poll.redeemAt).toBe(redeem.url)
    await act(organiser, poll, 'open', [0])

    const phone = phoneWith(poll.manifest, poll.cards[3]!)
    expect(await said(await post(box.ask, poll.hash, 'redeem', phone.request))).toBe('wrong-manifest')
    expect(await said(await post(redeem.ask, poll.hash, 'cast', new Uint8Array(100)))).toBe('not-found')
    for (const path of ['/', '/to-chuc', '/voter/index.html', '/api/organiser', '/api/account/me'])
      expect((await redeem.ask(path)).status).toBe(404)

    expect((await post(ask, poll.hash, 'void', handBack(poll, poll.cards[4]!))).status).toBe(204)
    for (const i of [0, 1, 2]) await vote(ask, poll, poll.cards[i]!, [[i]])
    await act(organiser, poll, 'close', [0, 1], [3])
    expect((await organiser.get<PollView>(`/polls/${poll.poll}`)).state).toBe('closed')
    expect(await said(await post(ask, poll.hash, 'redeem', phone.request))).toBe('closed')

    await count(poll.members.slice(0, 2))
    const record = await poll.members[0]!.record()
    expect(record.match(/"type":"(redemption|void|ballot)"/g)).toHaveLength(3 + 1 + 3)
    expect(await verify(chunksOf(record), { rng: secureRng })).toMatchObject({ ok: true, complete: true })
    expect([...box.logged, ...redeem.logged]).toEqual([])
  })
})
