/** Pictures of a whole round on paper: the organiser's steps, two members who count differently at first, the papers. */
import type { Page } from 'playwright-core'
import { BAR } from '../client/words/reports/bar.ts'
import { TRUSTEE_PAPER } from '../client/words/trustee-paper.ts'
import { packHex } from '../server/rules/read.ts'
import { button, heading, newPhone, organiser as words } from './meeting.ts'
import { paperDraft, sealPaper, state } from './paper.ts'
import { shipped } from './ruled.ts'
import type { Camera } from './screens-camera.ts'
import type { Stage } from './screens-stage.ts'
import { QUESTIONS } from './screens-survey.ts'

const said = TRUSTEE_PAPER.vi
const { paper } = words
const DRAFT = paperDraft({
  pack: packHex(shipped()),
  convened: 40,
  sparePercent: 10,
  date: '2026-12-05',
  subjects: [
    { name: 'Người thứ nhất', position: 'Giám đốc Sở A' },
    { name: 'Người thứ hai', position: 'Phó Giám đốc Sở A' },
  ],
})

/** High, some, low, empty: of 36 valid sheets. */
type Counted = readonly [number, number, number, number]
const FIRST: readonly Counted[] = [
  [20, 10, 5, 1],
  [15, 12, 9, 0],
]
const SECOND: readonly Counted[] = [FIRST[0]!, [16, 11, 9, 0]]

export async function paperScreens(stage: Stage, camera: Camera): Promise<void> {
  await ballotWithCriteria(stage, camera)
  const { poll } = await sealPaper(stage.ask, stage.organiser, DRAFT)
  const desk = await stage.deskAt(`/to-chuc#${poll}`)
  await heading(desk, paper.print.title).waitFor()
  await camera.phone(desk, 'on-paper-print')
  await camera.wide(desk, 'on-paper-print-wide')
  const { links } = await stage.viewOf(poll)
  const phones: Page[] = []
  for (const [i, secret] of links.entries()) {
    const phone = await newPhone(stage.browser)
    await phone.goto(`${stage.address}/kiem-phieu#${poll}.${i + 1}.${secret}`)
    phones.push(phone)
  }
  const [first, second] = phones as [Page, Page, Page]
  await heading(first, said.ready.title).waitFor()
  await camera.phone(first, 'on-paper-member')
  await state(stage.organiser, poll, 38)
  await button(desk, paper.print.ask).click()
  await heading(first, said.asked.open.title).waitFor()
  await camera.phone(first, 'on-paper-open')
  await button(first, said.confirm).click()
  await heading(desk, paper.vote.title).waitFor()
  await camera.phone(desk, 'on-paper-vote')
  await button(desk, paper.vote.close.open).click()
  await desk.getByLabel(words.seal.typeTitle(DRAFT.title)).fill(DRAFT.title)
  await button(desk, paper.vote.close.act).click()
  await heading(first, said.asked.close.title).waitFor()
  await button(first, said.confirm).click()

  await heading(first, said.keying.title).waitFor()
  await camera.phone(first, 'on-paper-keying')
  await keyIn(first, FIRST, camera)
  await heading(first, said.keyed.waiting).waitFor()
  await camera.phone(first, 'on-paper-waiting')
  await desk.getByText(paper.count.keyedBy(1)).waitFor()
  await camera.phone(desk, 'on-paper-count')
  await keyIn(second, SECOND, null)
  await heading(second, said.keyed.differ).waitFor()
  await camera.phone(second, 'on-paper-differ')
  await button(second, said.keyed.again).click()
  await second.getByRole('button', { name: /Người thứ hai/ }).click()
  await second.getByLabel('Tín nhiệm cao', { exact: true }).fill('15')
  await second.getByLabel('Tín nhiệm', { exact: true }).fill('12')
  await button(second, said.line.review).click()
  await button(second, said.lines.send).click()
  await heading(second, said.counted.title).waitFor()
  await camera.phone(second, 'on-paper-final')
  await heading(desk, paper.result.title).waitFor()
  await camera.phone(desk, 'on-paper-result')
  await camera.wide(desk, 'on-paper-result-wide')
  for (const page of [...phones, desk]) await page.context().close()
}

/** What a member counted; `camera`: with pictures, and a slip on the way. */
async function keyIn(phone: Page, lines: readonly Counted[], camera: Camera | null): Promise<void> {
  const { fields } = said.sheets
  await button(phone, said.keying.begin).click()
  await heading(phone, said.sheets.title).waitFor()
  for (const [field, n] of [
    [fields.printed, 44],
    [fields.issued, 38],
    [fields.exchanged, 2],
    [fields.collected, 37],
    ['Phiếu gạch tên người đã in sẵn', 1],
  ] as const)
    await phone.getByLabel(field).fill(String(n))
  await phone.getByText(said.sheets.valid(36)).waitFor()
  await camera?.phone(phone, 'on-paper-sheets')
  await button(phone, said.sheets.next).click()
  for (const [at, counts] of lines.entries()) {
    await phone.getByText(said.line.overline(at + 1, lines.length)).waitFor()
    const labels = ['Tín nhiệm cao', 'Tín nhiệm', 'Tín nhiệm thấp', said.line.empty]
    if (camera !== null && at === 0) {
      for (const [i, label] of labels.entries())
        await phone.getByLabel(label, { exact: true }).fill(String(counts[i]! + (i === 0 ? 2 : 0)))
      await camera.phone(phone, 'on-paper-line-wrong')
    }
    for (const [i, label] of labels.entries()) await phone.getByLabel(label, { exact: true }).fill(String(counts[i]))
    await phone.getByText(said.line.fits).waitFor()
    if (at === 0) await camera?.phone(phone, 'on-paper-line')
    await button(phone, at < lines.length - 1 ? said.line.next : said.line.review).click()
  }
  await heading(phone, said.lines.title).waitFor()
  await camera?.phone(phone, 'on-paper-lines')
  await button(phone, said.lines.send).click()
}

async function ballotWithCriteria(stage: Stage, camera: Camera): Promise<void> {
  const criteria = { pack: packHex(shipped()), convened: 40, date: '2026-12-05', questions: QUESTIONS }
  const { poll } = await sealPaper(stage.ask, stage.organiser, paperDraft(criteria))
  const page = await stage.deskAt(`/van-ban#${poll}/ballot?profile=state`)
  await button(page, BAR.vi.print).waitFor()
  const pdf = new Uint8Array(await page.pdf({ preferCSSPageSize: true }))
  camera.sheets('on-paper-ballot', pdf, [1])
  await page.context().close()
}
