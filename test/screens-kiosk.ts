/** Pictures of the tablet for everybody: each screen on a tablet and at phone size. */
import type { Page } from 'playwright-core'
import { SILENT_MS } from '../client/voter/kiosk-state.ts'
import { KIOSK } from '../client/words/voter/kiosk.ts'
import { shortCode } from '../crypto/bytes.ts'
import { printedCode } from '../crypto/token.ts'
import { button, castBallot, heading, voter } from './meeting.ts'
import { act } from './office.ts'
import type { Camera } from './screens-camera.ts'
import type { Stage } from './screens-stage.ts'

const said = KIOSK.vi
const TABLET = { width: 768, height: 1024 } as const

export async function kioskScreens({ browser, address, organiser, sealed }: Stage, camera: Camera): Promise<void> {
  const poll = await sealed({})
  await act(organiser, poll, 'open', [0])
  const context = await browser.newContext({ viewport: TABLET, deviceScaleFactor: 2 })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const shot = async (name: string): Promise<void> => {
    await camera.wide(page, `kiosk-${name}-tablet`)
    await camera.phone(page, `kiosk-${name}`)
  }
  await page.clock.install()
  await page.goto(`${address}/quay`)
  await heading(page, said.title).waitFor()
  await shot('start')
  await typeCard(page, printedCode(poll.cards[0]!), shortCode(poll.manifest.hash))
  await shot('arrived')
  await button(page, voter.arrived.receive).click()
  await page.locator('.options button').first().click()
  await page.clock.fastForward(SILENT_MS)
  await heading(page, said.silent.title).waitFor()
  await shot('silent')
  await button(page, said.silent.stay).click()
  await page.locator('.acts button.main').click()
  await heading(page, voter.reviewing.title).waitFor()
  await castBallot(page)
  await page.getByRole('timer').waitFor()
  await shot('receipt')
  await context.close()
}

async function typeCard(page: Page, code: string, short: string): Promise<void> {
  await button(page, said.start.type).click()
  await page.locator('#group-1').fill(code)
  await page.locator('#short').fill(short)
  await page.keyboard.press('Enter')
  await button(page, voter.arrived.receive).waitFor()
}
