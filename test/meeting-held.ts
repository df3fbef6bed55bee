/**
 * The meeting of `meeting.ts`, watched: real browsers, paper read back, 47 voters, a record that verifies everywhere. It
 * is the same on every engine (`stages.ts`); on one of them every screen is inspected too.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import QRCode from 'qrcode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERIFIER } from '../client/words/verifier.ts'
import { shortCode, toBase64url } from '../crypto/bytes.ts'
import { chunksOf } from '../crypto/record.ts'
import { printedCode } from '../crypto/token.ts'
import { verify } from '../crypto/verify.ts'
import { verifyFile } from '../server/commands/verify.ts'
import { secureRng, shuffled } from '../server/play/seed.ts'
import {
  confirmDecision,
  DECISION,
  keepScan,
  printMinutes,
  readOutcome,
  writeDecision,
  writeMinutes,
  writePlan,
} from './afterwards.ts'
import { builtPages, complaints, launch } from './browser.ts'
import {
  button,
  castAndSee,
  castBallot,
  choose,
  close,
  comeTooLate,
  count,
  type Drafted,
  draft,
  heading,
  newPhone,
  open,
  organiser,
  type Printed,
  print,
  type Shot,
  seal,
  state,
  typeCard,
  voteByKeyboard,
  voteCuriously,
  voter,
  waitOutside,
} from './meeting.ts'
import { vote } from './office.ts'
import { filmOf } from './picture.ts'
import type { OpenStage, Stage } from './stages.ts'

const HOST = 'phieukin.test'
const VOTERS = 47
/** As it comes out: so many for each level, the rest left empty. */
const RESULT = [19, 2, 25] as const
const LABELS = ['Tín nhiệm cao', 'Tín nhiệm', 'Tín nhiệm thấp'] as const

/** What is left of the result once these are cast. */
const others = (cast: readonly (number | null)[]): number[] =>
  RESULT.flatMap((n, option) => Array<number>(n - cast.filter(one => one === option).length).fill(option))

/** What axe-core finds on each screen, in both colour schemes and at twice the text size, and what then runs out of it. */
const found: string[] = []
const seen = new Set<string>()
const inspected: Shot = async (page, name) => {
  seen.add(name)
  const note = (how: string, what: readonly string[]) => found.push(...what.map(one => `${name}, ${how}: ${one}`))
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    note(colorScheme, await complaints(page))
  }
  const unreachable = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a, input, select, textarea, summary')]
      .filter(one => one.tabIndex < 0 || (one.tagName === 'A' && !one.hasAttribute('href')))
      .map(one => one.outerHTML.slice(0, 80)),
  )
  note('by keyboard', unreachable)
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  note('twice the size', await complaints(page))
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  if (over > 0) note('twice the size', [`${over} dots too wide`])
  await page.evaluate(() => {
    document.documentElement.style.fontSize = ''
  })
}

export const holdMeeting = (on: string, openStage: OpenStage, { inspects }: { readonly inspects: boolean }) =>
  describe(`a meeting of 47 people ${on}`, () => {
    const inspect: Shot = inspects ? inspected : async () => {}
    const folder = mkdtempSync(join(tmpdir(), 'phieukin-meeting-'))
    let server: Stage
    let browser: Browser
    let drafted: Drafted
    let members: readonly Page[]
    let printed: Printed
    /** Of the five real phones, which cast every kind of ballot there is, the empty one too. */
    const ofPhones: readonly (number | null)[] = [0, 1, 2, null, 0]
    /** Everybody's choice; after the phones the others follow over HTTP, in no order. */
    const choices = [...ofPhones, ...shuffled(others(ofPhones), secureRng)]
    const labelOf = (choice: number | null | undefined) =>
      choice === null || choice === undefined ? null : LABELS[choice]!
    const phones: Page[] = []
    const file = join(folder, 'meeting.record')
    const verified = () => verify(chunksOf(readFileSync(file, 'utf8')), { rng: secureRng })

    beforeAll(async () => {
      server = await openStage({
        pages: await builtPages(),
        address: port => `http://${HOST}:${port}`,
        lastCallMs: 3000,
      })
      browser = await launch([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`])
    }, 120_000)
    afterAll(async () => {
      await browser?.close()
      await server?.close()
      rmSync(folder, { recursive: true, force: true })
    })

    it('is drafted, and its address tried from another phone', async () => {
      const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
      drafted = await draft(page, server, await newPhone(browser), inspect)
    })

    it('is sealed by three phones, one of which is closed and opened again', async () => {
      members = await seal(drafted, browser, inspect)
    })

    it('prints 52 cards that can be read back from the picture of the paper', async () => {
      printed = await print(drafted, server, inspect)
      expect(printed.links).toHaveLength(VOTERS + 5)
      expect(new Set(printed.links).size).toBe(VOTERS + 5)
      // Nothing that differs but the code: no number, no order, no time.
      expect(printed.links.every(link => link.startsWith(`http://${HOST}:${server.port}/b#`))).toBe(true)
    })

    it('lets nobody in before it is open', async () => {
      const phone = await newPhone(browser)
      await waitOutside(phone, printed.links[50]!, inspect)
      // Left open it would go in by itself when the box is.
      await phone.context().close()
    })

    it('is opened by the organiser and a member together', async () => {
      await open(drafted, members[0]!, inspect)
      const { inputs, presses } = drafted.hands
      process.stdout.write(`the organiser’s hands, draft to opening: ${inputs} inputs, ${presses} presses\n`)
    })

    const arrive = async (phone: Page, link: string): Promise<void> => {
      await phone.goto(link)
      await button(phone, voter.arrived.receive).waitFor()
      phones.push(phone)
    }

    it('takes the vote of a phone that scans with its own camera in the page', async () => {
      const film = join(folder, 'card.y4m')
      filmOf(new Uint8Array(await QRCode.toBuffer(printed.links[0]!, { width: 400, margin: 4 })), film)
      const filming = await launch([
        `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
        // A camera needs a secure context; over HTTPS this is one by itself.
        `--unsafely-treat-insecure-origin-as-secure=http://${HOST}:${server.port}`,
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${film}`,
      ])
      try {
        const phone = await newPhone(filming)
        await phone.goto(`http://${HOST}:${server.port}/`)
        await button(phone, voter.typing.camera).click()
        await button(phone, voter.arrived.receive).click()
        await choose(phone, labelOf(choices[0]))
        await castBallot(phone)
      } finally {
        await filming.close()
      }
    })

    it('takes the vote of somebody who types the code, after a slip, and touches nothing but the keyboard', async () => {
      const phone = await newPhone(browser)
      const [code, short] = [printedCode(printed.cards[1]!), shortCode(printed.manifest.hash)]
      await typeCard(phone, `http://${HOST}:${server.port}`, code, short, inspect)
      await voteByKeyboard(phone, labelOf(choices[1]))
      phones.push(phone)
    })

    it('takes the vote of somebody who looks at everything, on a phone that is loaded again in the middle', async () => {
      const phone = await newPhone(browser)
      await voteCuriously(phone, printed.links[2]!, labelOf(choices[2]), inspect)
      // The card's secret is gone from the address; the phone goes on where it was.
      expect(phone.url()).not.toContain('#')
      await phone.reload()
      await heading(phone, voter.reviewing.title).waitFor()
      await castAndSee(phone, inspect)
      phones.push(phone)
    })

    it('turns away another phone with the same card', async () => {
      await comeTooLate(await newPhone(browser), printed.links[2]!, inspect)
    })

    it('takes the vote of a phone whose answers are lost, once after redeeming and once after casting', async () => {
      for (const [i, door] of (['redeem', 'cast'] as const).entries()) {
        const phone = await newPhone(browser)
        let lost = 0
        await phone.route(`**/${door}`, async route => {
          if (lost++ > 0) return route.continue()
          // The request arrives; the answer does not.
          const body = new Uint8Array(route.request().postDataBuffer()!)
          await fetch(route.request().url().replace(HOST, '127.0.0.1'), { method: 'POST', body })
          await route.abort('connectionreset')
        })
        await arrive(phone, printed.links[3 + i]!)
        await button(phone, voter.arrived.receive).click()
        await choose(phone, labelOf(choices[3 + i]))
        await button(phone, voter.reviewing.cast).click()
        if (door === 'cast') await phone.getByText(voter.ballotSafe).waitFor()
        await heading(phone, voter.cast.title).waitFor()
        expect(lost).toBeGreaterThan(1)
      }
    })

    it('takes 42 more over HTTP', async () => {
      const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init)
      const { manifest, cards } = printed
      for (let i = 5; i < VOTERS; i++) {
        const choice = choices[i]
        await vote(ask, { manifest, hash: toBase64url(manifest.hash) }, cards[i]!, [
          typeof choice === 'number' ? [choice] : [],
        ])
      }
    })

    it('is closed by two members, opened by two of three', async () => {
      await state(drafted, VOTERS, inspect)
      await close(drafted, members, VOTERS, inspect)
      await count(drafted, members, inspect)
      const [row] = await drafted.hands.page.locator('article.result').allTextContents()
      for (const n of [...RESULT, 1]) expect(row).toContain(String(n))
    })

    it('comes out as it was voted, in a record that the command line and the page verify', async () => {
      const { page } = drafted.hands
      const downloading = page.waitForEvent('download')
      await button(page, organiser.count.download).click()
      await (await downloading).saveAs(file)
      expect(
        await verifyFile({ record: file, asked: printed.manifest.hash, rules: [], language: 'vi', json: true }),
      ).toBe(0)
    })

    it('tells every phone that its ballot is counted', async () => {
      for (const phone of phones) {
        await phone.reload()
        await heading(phone, voter.counted.title).waitFor()
      }
    })

    it('shows the whole of it on the verifier’s page', async () => {
      const page = await newPhone(browser)
      await page.goto(`http://${HOST}:${server.port}/verify`)
      await inspect(page, 'verifier')
      await page.locator('input[type=file]').setInputFiles(file)
      await page.getByText(VERIFIER.vi.verdict.holds).waitFor()
      await inspect(page, 'verifier-holds')
    })

    describe('and afterwards', () => {
      let poll = ''
      it('says what the rules make of it, and decides nothing', async () => {
        poll = new URL(drafted.hands.page.url()).hash.slice(1)
        const said = await readOutcome(drafted, inspect)
        for (const exact of ['19 40,43', '2 4,26', '25 53,19', 'thu về 47']) expect(said).toContain(exact)
        expect(said).toMatch(/Đạt ngưỡng trên 1\/2/)
        expect(said).toMatch(/xem xét/)
        expect(said).not.toMatch(/bị miễn nhiệm/)
      })

      it('is minuted: only when every number fits, and with the numbers of the record', async () => {
        await writeMinutes(drafted, 5, inspect)
        const closing = shortCode((await verified()).closing!.hash)
        for (const paper of Object.values(await printMinutes(drafted, poll, inspect)))
          for (const exact of ['40,43', '4,26', '53,19', closing, shortCode(printed.manifest.hash)])
            expect(paper).toContain(exact)
        await keepScan(drafted)
      })

      it('is followed by a decision that two people confirm, and by a plan', async () => {
        await writeDecision(drafted, inspect)
        const authority = await confirmDecision(drafted, browser, poll, inspect)
        await writePlan(drafted, inspect)
        await authority.reload()
        await authority.locator('.measures').waitFor()
        expect(await authority.locator('.decision').allInnerTexts()).toEqual([expect.stringContaining(DECISION)])
        await authority.context().close()
      })
    })

    if (inspects)
      it('shows what a reader of screens, of the dark and of large letters can use', () => {
        expect(found).toEqual([])
        expect(seen.size).toBeGreaterThan(30)
      })

    it('logs nothing', () => {
      expect(server.logged).toEqual([])
    })
  })
