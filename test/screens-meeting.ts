/** Pictures of the meeting of `meeting.ts`, held again: every screen from the first password to the plan that follows. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PACKS } from '../client/words/packs.ts'
import { BAR } from '../client/words/reports/bar.ts'
import { VERIFIER } from '../client/words/verifier.ts'
import { shortCode, toBase64url } from '../crypto/bytes.ts'
import { printedCode } from '../crypto/token.ts'
import { startServer } from '../server/node.ts'
import { confirmDecision, readOutcome, writeDecision, writeMinutes, writePlan } from './afterwards.ts'
import { builtPages, launch } from './browser.ts'
import {
  button,
  castAndSee,
  choose,
  close,
  comeTooLate,
  count,
  draft,
  heading,
  newPhone,
  open,
  print,
  type Shot,
  seal,
  state,
  typeCard,
  voteCuriously,
  voter,
  waitOutside,
} from './meeting.ts'
import { vote } from './office.ts'
import type { Camera } from './screens-camera.ts'

const HOST = 'phieukin.test'
const VOTERS = 47

export async function meetingScreens({ phone: shot, wide, sheets }: Camera): Promise<void> {
  const shotInBoth: Shot = async (page, name) => {
    await shot(page, name)
    if (name !== 'voter-choosing') return
    await page.emulateMedia({ colorScheme: 'dark' })
    await shot(page, `${name}-dark`)
    await page.emulateMedia({ colorScheme: 'light' })
  }
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-screens-'))
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const address = `http://${HOST}:${port}`
  const server = await startServer({
    data: join(folder, 'data'),
    pages: await builtPages(),
    host: '127.0.0.1',
    port,
    publicUrl: address,
    tls: null,
    lastCallMs: 4000,
    newPassword: false,
    log: line => process.stderr.write(`${line}\n`),
  })
  const browser = await launch([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`])
  try {
    const page = await (
      await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 })
    ).newPage()
    const drafted = await draft(page, server, await newPhone(browser), shot)
    await wide(page, 'organiser-draft-wide')
    const members = await seal(drafted, browser, shot)
    await shot(members[0]!, 'member-ready')
    const { manifest, links, cards, pdf } = await print(drafted, server, shot)
    sheets('paper-cards', pdf)

    const hall = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage()
    await hall.goto(`${address}/man-hinh#${toBase64url(manifest.hash)}`)

    const early = await newPhone(browser)
    await waitOutside(early, links[10]!, shot)
    await early.close()
    await open(drafted, members[0]!, shot)
    await shot(members[1]!, 'member-open')

    const typing = await newPhone(browser)
    await typeCard(typing, address, printedCode(cards[1]!), shortCode(manifest.hash), shot)
    const phone = await newPhone(browser)
    await voteCuriously(phone, links[0]!, 'Tín nhiệm', shotInBoth)
    await castAndSee(phone, shot)
    await comeTooLate(await newPhone(browser), links[0]!, shot)

    const lost = await newPhone(browser)
    await lost.goto(links[1]!)
    await button(lost, voter.arrived.receive).click()
    await choose(lost, 'Tín nhiệm cao')
    await lost.context().setOffline(true)
    await button(lost, voter.reviewing.cast).click()
    await lost.getByText(voter.ballotSafe).waitFor()
    await shot(lost, 'voter-offline')
    await lost.context().setOffline(false)
    await heading(lost, voter.cast.title).waitFor()

    const receipt = await newPhone(browser)
    await receipt.goto(`${address}/bien-nhan`)
    await heading(receipt, voter.receipt.title).waitFor()
    await shot(receipt, 'voter-receipt')

    const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init)
    for (let i = 2; i < VOTERS; i++)
      await vote(ask, { manifest, hash: toBase64url(manifest.hash) }, cards[i]!, [[i < 21 ? 0 : i < 46 ? 2 : 1]])
    await hall.reload()
    await hall.getByText('Sở A').first().waitFor()
    await wide(hall, 'hall')
    await shot(page, 'organiser-open')

    await state(drafted, VOTERS, shot)
    await close(drafted, members, VOTERS, shot)
    await count(drafted, members, shot)
    await wide(page, 'organiser-result-wide')
    await phone.reload()
    await heading(phone, voter.counted.title).waitFor()
    await shot(phone, 'voter-counted')

    const words = VERIFIER.vi
    const verifier = await newPhone(browser)
    await verifier.goto(`${address}/verify`)
    await heading(verifier, words.title).waitFor()
    await shot(verifier, 'verifier')
    await verifier.goto(`${address}/verify#poll=${toBase64url(manifest.hash)}`)
    await verifier.reload()
    await verifier.getByText(words.verdict.board).waitFor()
    await shot(verifier, 'verifier-board')

    const poll = new URL(page.url()).hash.slice(1)
    const inVietnamese: Shot = async (on, name) => {
      if (!name.endsWith('-en')) await shot(on, name)
    }
    await readOutcome(drafted, inVietnamese)
    await wide(page, 'leader-result-wide')
    await writeMinutes(drafted, 5, inVietnamese)
    await wide(page, 'leader-papers-wide')
    for (const form of ['ballot', 'minutes', 'announcement', 'report']) {
      const desk = await page.context().newPage()
      await desk.goto(`${server.organiserAddress}/van-ban#${poll}/${form}?profile=state`)
      await button(desk, BAR.vi.print).waitFor()
      if (form === 'minutes') await wide(desk, 'form-wide')
      sheets(`form-${form}`, new Uint8Array(await desk.pdf({ preferCSSPageSize: true })))
      await desk.close()
    }
    await writeDecision(drafted, shot)
    const authority = await confirmDecision(drafted, browser, poll, shot)
    await writePlan(drafted, inVietnamese)
    await wide(page, 'leader-follow-wide')
    await authority.context().close()

    const packs = PACKS.vi
    const rules = await newPhone(browser)
    await rules.goto(`${address}/quy-tac`)
    await heading(rules, packs.list.title).waitFor()
    await shot(rules, 'rules-list')
    const desk = await page.context().newPage()
    await desk.goto(`${server.organiserAddress}/quy-tac`)
    await desk.getByText('Quy định số 96-QĐ/TW').click()
    await heading(desk, packs.reading.parts.bands).scrollIntoViewIfNeeded()
    await wide(desk, 'rules-pack-wide')
    await desk.goto(`${server.organiserAddress}/quy-tac`)
    await button(desk, packs.list.form122).click()
    await desk.getByRole('button', { name: packs.sections.count }).click()
    await heading(desk, packs.fields.denominator!).waitFor()
    await wide(desk, 'rules-draft-wide')
  } finally {
    await browser.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
