/**
 * A whole meeting in real browsers, as its people hold it: the organiser drafts, three phones of the counting team seal,
 * cards are printed and read back from paper, phones vote, two members open. `test/meeting.test.ts` watches what comes
 * out; `npm run screens` takes the pictures.
 */
import type { Browser, Locator, Page } from 'playwright-core'
import { WORDS as ORGANISER } from '../client/words/organiser.ts'
import { vi as trustee } from '../client/words/trustee/vi.ts'
import { vi as voter } from '../client/words/voter/vi.ts'
import { type Manifest, parseManifest } from '../crypto/manifest.ts'
import { type Card, readCardFragment } from '../crypto/token.ts'
import type { Running } from '../server/node.ts'
import { cardsOn, greyOf, pagesOf, qrIn } from './picture.ts'

export const organiser = ORGANISER.vi
export { trustee, voter }

/** Takes a picture, or not. */
export type Shot = (page: Page, name: string) => Promise<void>

const PHONE = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'vi-VN',
} as const

/** A wait that ends at once when the thing is there; generous, since two cores do everything here. */
const PATIENCE_MS = 60_000

export async function newPhone(browser: Browser): Promise<Page> {
  const context = await browser.newContext(PHONE)
  context.setDefaultTimeout(PATIENCE_MS)
  return context.newPage()
}

export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true })
export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { name, exact: true }).first()

/** The organiser's hands: every input and every press is counted. */
class Hands {
  inputs = 0
  presses = 0
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }
  async type(field: string | Locator, text: string): Promise<void> {
    this.inputs++
    await (typeof field === 'string' ? this.page.locator(field) : field).fill(text)
  }
  async press(what: string | Locator): Promise<void> {
    this.presses++
    await (typeof what === 'string' ? button(this.page, what) : what).click()
  }
}

/** What the QR code with this label says, read from a picture of the screen. */
async function readQr(page: Page, label: string): Promise<string> {
  const code = page.getByRole('img', { name: label, exact: true })
  await code.scrollIntoViewIfNeeded()
  return qrIn(greyOf(new Uint8Array(await code.screenshot({ scale: 'device' }))))
}

export interface Drafted {
  readonly hands: Hands
  readonly title: string
}

/** Sets the password, logs in, drafts a poll of 47 people and tries its address from another phone. */
export async function draft(
  page: Page,
  server: Pick<Running, 'setupLink'>,
  anotherPhone: Page,
  shot: Shot,
): Promise<Drafted> {
  const hands = new Hands(page)
  const { setup, list } = organiser
  await page.goto(server.setupLink!)
  await heading(page, setup.title).waitFor()
  await shot(page, 'organiser-setup')
  await hands.type(page.getByLabel(setup.password, { exact: true }), 'mật khẩu của hội nghị')
  await hands.type(page.getByLabel(setup.again, { exact: true }), 'mật khẩu của hội nghị')
  await hands.press(setup.act)
  await heading(page, list.title).waitFor()
  await shot(page, 'organiser-polls')
  // From here on what a poll takes.
  hands.inputs = 0
  hands.presses = 0
  await hands.press(list.make)
  await heading(page, organiser.draft.title).waitFor()
  await hands.type('#f-subject-1', 'Giám đốc Sở A')
  await hands.type('#f-unit', 'Sở A')
  await hands.type('#f-convened', '47')
  for (const [i, name] of ['Tổ trưởng', 'Tổ viên 1', 'Tổ viên 2'].entries())
    await hands.type(`#f-member-${i + 1}`, name)
  await page.getByText(organiser.draft.more).click()
  await page.locator('#f-disclosure').selectOption('public')
  hands.presses += 2
  const link = await readQr(page, organiser.draft.tryTitle)
  await shot(page, 'organiser-draft')
  await anotherPhone.goto(link)
  await anotherPhone.getByText(voter.tried).waitFor()
  await shot(anotherPhone, 'voter-tried')
  await page.getByText(organiser.draft.tried).waitFor()
  const title = await page.locator('#f-title').inputValue()
  return { hands, title }
}

/** Three phones seal the box; each keeps its recovery sheet. The code is the same everywhere. */
export async function seal({ hands }: Drafted, browser: Browser, shot: Shot): Promise<readonly Page[]> {
  const { page } = hands
  await hands.press(organiser.draft.seal)
  await heading(page, organiser.seal.title).waitFor()
  await shot(page, 'organiser-seal')
  const phones: Page[] = []
  for (const name of ['Tổ trưởng', 'Tổ viên 1', 'Tổ viên 2']) {
    const phone = await newPhone(browser)
    const item = page.locator('.members li').filter({ hasText: name })
    if (!(await item.locator('details').evaluate(one => (one as HTMLDetailsElement).open)))
      await item.locator('summary').click()
    await phone.goto(await readQr(page, organiser.seal.link(name)))
    await button(phone, trustee.arrived.begin).waitFor()
    if (phones.length === 0) await shot(phone, 'member-arrived')
    await button(phone, trustee.arrived.begin).click()
    phones.push(phone)
    if (phones.length === 1) {
      await heading(phone, trustee.ceremony.title).waitFor()
      await shot(phone, 'member-ceremony')
    }
    // A phone closed and opened again goes on where it was.
    if (phones.length === 2) await phone.reload()
  }
  for (const [i, phone] of phones.entries()) {
    await heading(phone, trustee.pin.title).waitFor()
    if (i === 0) await shot(phone, 'member-pin')
    await button(phone, trustee.pin.pin).click()
  }
  for (const [i, phone] of phones.entries()) await keepSheet(phone, i === 0 ? shot : async () => {})
  return phones
}

/** Copies the typed code from the screen, and types three groups of it back. */
export async function keepSheet(phone: Page, shot: Shot): Promise<void> {
  await heading(phone, trustee.sheet.title).waitFor()
  await shot(phone, 'member-sheet')
  const groups = await phone.locator('.groups li').evaluateAll(all => all.map(one => one.lastChild?.textContent ?? ''))
  await button(phone, trustee.sheet.written).click()
  await heading(phone, trustee.sheet.backTitle).waitFor()
  await shot(phone, 'member-sheet-back')
  for (const field of await phone.locator('input').all()) {
    const place = Number((await field.getAttribute('id'))!.split('-')[1])
    await field.fill(groups[place]!)
  }
  await button(phone, trustee.sheet.kept).click()
  await heading(phone, trustee.sealed.title).waitFor()
}

export interface Printed {
  readonly manifest: Manifest
  /** What the QR codes on the paper say. */
  readonly links: readonly string[]
  readonly cards: readonly Card[]
  readonly pdf: Uint8Array
}

/** Prints; everything that follows knows the cards from the picture of the paper alone. */
export async function print({ hands }: Drafted, server: Pick<Running, 'port'>, shot: Shot): Promise<Printed> {
  const { page } = hands
  await heading(page, organiser.seal.print.title).waitFor()
  await shot(page, 'organiser-print')
  await hands.press(organiser.seal.print.act)
  const pdf = new Uint8Array(await page.pdf({ preferCSSPageSize: true }))
  const links = pagesOf(pdf).flatMap(cardsOn)
  await hands.press(page.locator('#printed'))
  await hands.press(organiser.seal.print.done)
  await heading(page, organiser.vote.title).waitFor()
  const { card: _, hashStart } = readCardFragment(links[0]!.split('#')[1]!)
  const start = Buffer.from(hashStart).toString('base64url')
  const text = await (await fetch(`http://127.0.0.1:${server.port}/api/manifests/${start}`)).text()
  return {
    manifest: parseManifest(text),
    links,
    cards: links.map(link => readCardFragment(link.split('#')[1]!).card),
    pdf,
  }
}

/** The organiser asks, a member signs on the phone. */
export async function open({ hands }: Drafted, member: Page, shot: Shot): Promise<void> {
  const { page } = hands
  await heading(page, organiser.vote.title).waitFor()
  await shot(page, 'organiser-vote')
  await hands.press(page.locator('#plain-http'))
  await hands.press(organiser.vote.openAct)
  await heading(member, trustee.asked.open.title).waitFor()
  await shot(member, 'member-asked')
  await button(member, trustee.agree).click()
  await heading(page, organiser.vote.openNow).waitFor()
}

/** A real phone from card to receipt; `choice` is a label, or null to leave the line empty. */
export async function choose(phone: Page, choice: string | null): Promise<void> {
  if (choice !== null) await button(phone, choice).click()
  await phone.locator('.acts button.main').click()
  await heading(phone, voter.reviewing.title).waitFor()
}

export async function castBallot(phone: Page): Promise<void> {
  await button(phone, voter.reviewing.cast).click()
  await heading(phone, voter.cast.title).waitFor()
}

/** A card scanned before the box is open: it waits, and is not spent. */
export async function waitOutside(phone: Page, link: string, shot: Shot): Promise<void> {
  await phone.goto(link)
  await button(phone, voter.arrived.receive).click()
  await heading(phone, voter.notOpen.title).waitFor()
  await shot(phone, 'voter-not-open')
}

/** Somebody who looks at everything: the explanation, a practice ballot, the sealed ballot opened for a look. */
export async function voteCuriously(phone: Page, link: string, choice: string | null, shot: Shot): Promise<void> {
  await phone.goto(link)
  await button(phone, voter.arrived.receive).waitFor()
  await shot(phone, 'voter-arrived')
  await button(phone, voter.arrived.why).click()
  await heading(phone, voter.arrived.why).waitFor()
  await shot(phone, 'voter-why')
  await button(phone, voter.back).click()
  await button(phone, voter.practise).click()
  await choose(phone, 'Tín nhiệm')
  await castBallot(phone)
  await button(phone, voter.cast.close).click()
  await heading(phone, voter.practised.title).waitFor()
  await shot(phone, 'voter-practised')
  await phone.locator('.acts button').first().click()
  await phone.reload()
  await button(phone, voter.arrived.receive).click()
  await phone.locator('.options').waitFor()
  await shot(phone, 'voter-choosing-empty')
  await button(phone, 'Tín nhiệm').click()
  await shot(phone, 'voter-choosing')
  await button(phone, 'Tín nhiệm').click()
  await choose(phone, choice)
  await shot(phone, 'voter-reviewing')
  await button(phone, voter.checking.title).click()
  await button(phone, voter.checking.open).waitFor()
  await shot(phone, 'voter-checking')
  await button(phone, voter.checking.open).click()
  await button(phone, voter.checking.copy).waitFor()
  await shot(phone, 'voter-checked')
  await button(phone, voter.checking.away).click()
  await heading(phone, voter.reviewing.title).waitFor()
}

export async function castAndSee(phone: Page, shot: Shot): Promise<void> {
  await button(phone, voter.reviewing.cast).click()
  await heading(phone, voter.casting.sealing).waitFor()
  await shot(phone, 'voter-casting')
  await heading(phone, voter.cast.title).waitFor()
  await shot(phone, 'voter-cast')
}

/** Moves on with the Tab key alone until this button has the focus, and presses Enter. */
async function pressByKeyboard(page: Page, name: string): Promise<void> {
  await button(page, name).waitFor()
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '')
    if (focused.trim() !== name) continue
    await page.keyboard.press('Enter')
    return
  }
  throw new Error(`no way by keyboard to “${name}”`)
}

/** The same card on another phone. */
export async function comeTooLate(phone: Page, link: string, shot: Shot): Promise<void> {
  await phone.goto(link)
  await button(phone, voter.arrived.receive).click()
  await heading(phone, voter.refused['already-redeemed'][0]).waitFor()
  await shot(phone, 'voter-refused')
}

/** Typing with a slip first, then the code as it stands on the card; by keyboard alone. */
export async function typeCard(phone: Page, address: string, code: string, short: string, shot: Shot): Promise<void> {
  await phone.goto(`${address}/`)
  await heading(phone, voter.typing.title).waitFor()
  await shot(phone, 'voter-typing')
  const groups = code.toLowerCase().split(' ')
  const slip = groups[2] === 'abcde' ? 'abcdf' : 'abcde'
  await phone.locator('#group-1').focus()
  // The focus goes on by itself from group to group.
  await phone.keyboard.type(groups.map((group, i) => (i === 2 ? slip : group)).join(''))
  await phone.keyboard.type(short)
  await phone.keyboard.press('Enter')
  await phone.getByText(voter.typing.wrongCheck).waitFor()
  await shot(phone, 'voter-typing-wrong')
  await phone.locator('#group-3').focus()
  await phone.keyboard.press('Control+A')
  await phone.keyboard.type(groups[2]!)
  await phone.keyboard.press('Enter')
  await button(phone, voter.arrived.receive).waitFor()
}

/** From there to the receipt, still by keyboard alone. */
export async function voteByKeyboard(phone: Page, choice: string | null): Promise<void> {
  await pressByKeyboard(phone, voter.arrived.receive)
  await phone.locator('.options').waitFor()
  if (choice !== null) await pressByKeyboard(phone, choice)
  await pressByKeyboard(phone, voter.next)
  await pressByKeyboard(phone, voter.reviewing.cast)
  await heading(phone, voter.cast.title).waitFor()
}

/** What the rules need besides the counts, before the box may be closed. */
export async function state({ hands }: Drafted, present: number, shot: Shot): Promise<void> {
  const { page } = hands
  await heading(page, organiser.statement.title).waitFor()
  await hands.type('#s-present', String(present))
  await shot(page, 'organiser-statement')
  await hands.press(organiser.statement.save)
  await button(page, organiser.statement.change).waitFor()
}

/** Last call, numbers of two members, closing. */
export async function close(
  { hands, title }: Drafted,
  members: readonly Page[],
  handedOut: number,
  shot: Shot,
): Promise<void> {
  const { page } = hands
  await hands.press(organiser.vote.close.open)
  await hands.type('#close-title', title)
  await hands.press(organiser.vote.close.act)
  await heading(page, organiser.vote.lastCall).waitFor()
  await shot(page, 'organiser-last-call')
  for (const [i, member] of members.slice(0, 2).entries()) {
    await heading(member, trustee.asked.close.title).waitFor()
    const field = member.locator('input').first()
    await field.waitFor()
    await field.fill(String(handedOut))
    await member.getByText(trustee.close.lastCallOver).waitFor()
    if (i === 0) await shot(member, 'member-close')
    await button(member, trustee.close.sign).click()
  }
}

/** Two members verify the board, read the code, open; the result stands on every page. */
export async function count({ hands }: Drafted, members: readonly Page[], shot: Shot): Promise<void> {
  for (const [i, member] of members.slice(0, 2).entries()) {
    await heading(member, trustee.opens.title).waitFor()
    if (i === 0) await shot(member, 'member-opens')
    await button(member, trustee.opens.sign).click()
    if (i === 0) {
      await heading(member, trustee.opening.title).waitFor()
      await shot(member, 'member-opening')
    }
  }
  for (const member of members.slice(0, 2)) await heading(member, trustee.result.title).waitFor()
  await shot(members[0]!, 'member-result')
  await heading(hands.page, organiser.count.title).waitFor()
  await shot(hands.page, 'organiser-result')
}
