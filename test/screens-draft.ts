/** Pictures of the draft: from a form to a ballot in three groups, its cards on paper; and a survey about nobody. */
import type { Page } from 'playwright-core'
import { toBase64url } from '../crypto/bytes.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { secureRng } from '../server/play/seed.ts'
import { packHex } from '../server/rules/read.ts'
import { button, heading, organiser as words } from './meeting.ts'
import { holdCeremony } from './office.ts'
import { shipped } from './ruled.ts'
import type { Camera } from './screens-camera.ts'
import type { Stage } from './screens-stage.ts'

const { ballot, draft, seal } = words
const PEOPLE = [5, 8, 27]
const MINIMUM = 8

export async function draftScreens(stage: Stage, camera: Camera): Promise<void> {
  await aboutSomebody(stage, camera)
  await aboutNobody(stage, camera)
}

async function newDraft(stage: Stage): Promise<Page> {
  const page = await stage.deskAt('/to-chuc')
  await button(page, words.list.make).click()
  await heading(page, draft.title).waitFor()
  return page
}

async function takeForm(page: Page, name: string): Promise<void> {
  await page.locator('#f-form').selectOption(name)
  await page.locator('#f-form-take').click()
}

const legend = (page: Page, title: string) =>
  page.locator('fieldset').filter({ has: page.locator('legend').getByText(title, { exact: true }) })

async function aboutSomebody(stage: Stage, camera: Camera): Promise<void> {
  const page = await newDraft(stage)
  await camera.part(legend(page, ballot.legend), 'draft-kinds')
  await page.locator('#f-pack').selectOption(packHex(shipped('xep-loai-4-muc')))
  await page.locator('#f-subject-1').fill('Giám đốc Sở A')
  await page.locator('#f-selfScore-1').fill('92,5')
  await page.locator('#f-unit').fill('Sở A')
  await page.locator('#f-form').selectOption('da-chieu-nguoi-dung-dau/1')
  await page.getByText(ballot.forms.sources).click()
  const asked = legend(page, ballot.asked)
  await camera.part(asked, 'draft-form')
  await page.locator('#f-form-take').click()
  await page.getByText(ballot.forms.sources).click()
  await page.locator('#f-question-2').click()
  await camera.part(asked, 'draft-questions')
  await page.locator('#f-question-1').scrollIntoViewIfNeeded()
  await camera.wide(page, 'draft-questions-wide')
  await page.locator('#f-question-2').click()
  await camera.part(legend(page, ballot.prompts.legend), 'draft-prompts')
  for (const [i, n] of PEOPLE.entries()) await page.locator(`#f-group-people-${i + 1}`).fill(String(n))
  for (const [i, name] of ['Tổ trưởng', 'Tổ viên 1', 'Tổ viên 2'].entries())
    await page.locator(`#f-member-${i + 1}`).fill(name)
  await page
    .locator('details')
    .filter({ has: page.locator('#f-minimum') })
    .locator('summary')
    .click()
  await page.locator('#f-minimum').fill(String(MINIMUM))
  await page.locator('.fates').waitFor()
  await camera.part(legend(page, draft.people), 'draft-groups')
  await page.locator('.publication').scrollIntoViewIfNeeded()
  await camera.wide(page, 'draft-groups-wide')
  await page.getByText(draft.saved, { exact: true }).waitFor()
  const poll = new URL(page.url()).hash.slice(1)
  const { nonce } = await stage.viewOf(poll)
  await stage.ask(`/api/try/${nonce}`, { method: 'POST', headers: { host: new URL(stage.address).host } })
  await page.getByText(draft.complete).waitFor()
  await camera.part(page.locator('.finish'), 'draft-finish')

  await button(page, draft.seal).click()
  await heading(page, seal.title).waitFor()
  const members = await holdCeremony(stage.ask, stage.organiser, poll, secureRng)
  const manifest = parseManifest(await manifestOf(stage, poll))
  for (const { device, post } of members) await post('/pin', { pin: toBase64url(device.pin(manifest)) })
  await heading(page, seal.print.title).waitFor()
  await page.getByText(seal.print.grouped).waitFor()
  await camera.phone(page, 'groups-print')
  await button(page, seal.print.act).click()
  const pdf = new Uint8Array(await page.pdf({ preferCSSPageSize: true }))
  camera.sheets('groups-cards', pdf, [1, 2, 3])
  await page.context().close()
}

async function aboutNobody(stage: Stage, camera: Camera): Promise<void> {
  const page = await newDraft(stage)
  await page.locator('#f-about-survey').check()
  await page.locator('#f-unit').fill('Sở A')
  await takeForm(page, 'khao-sat-moi-truong-dan-chu/1')
  await page.getByText(draft.saved, { exact: true }).waitFor()
  await camera.part(legend(page, ballot.asked), 'draft-survey')
  await camera.wide(page, 'draft-survey-wide')
  await page.context().close()
}

/** As soon as the organiser's browser wrote it. */
async function manifestOf(stage: Stage, poll: string): Promise<string> {
  for (;;) {
    const { team } = await stage.viewOf(poll)
    if (team?.manifest) return team.manifest
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}
