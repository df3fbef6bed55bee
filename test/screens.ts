/**
 * `npm run screens`: takes the pictures of `docs/screens/`, on screens of 360×740 and where it matters wide. `npm run
 * screens -- kiosk draft` takes only those whose names begin so. Pictures are reduced to few colours; the same pages give
 * pictures that look the same.
 */
import { join } from 'node:path'
import { type Camera, cameraFor } from './screens-camera.ts'
import { draftScreens } from './screens-draft.ts'
import { kioskScreens } from './screens-kiosk.ts'
import { lineScreens } from './screens-line.ts'
import { meetingScreens } from './screens-meeting.ts'
import { paperScreens } from './screens-paper.ts'
import { openStage, type Stage } from './screens-stage.ts'
import { surveyScreens } from './screens-survey.ts'

/** What is played, and how the names of its pictures begin. */
interface Part {
  readonly play: (stage: Stage, camera: Camera) => Promise<void>
  readonly names: readonly string[]
}

const MEETING = ['form', 'hall', 'leader', 'member', 'organiser', 'paper', 'rules', 'verifier', 'voter']
const PARTS: readonly Part[] = [
  { play: kioskScreens, names: ['kiosk'] },
  { play: lineScreens, names: ['line'] },
  { play: draftScreens, names: ['draft', 'groups'] },
  { play: surveyScreens, names: ['survey', 'closing', 'results', 'comments'] },
  { play: paperScreens, names: ['on-paper'] },
]

const words = process.argv.slice(2)
const isAsked = (names: readonly string[]): boolean =>
  words.length === 0 || words.some(word => names.some(name => name.startsWith(word) || word.startsWith(name)))

const out = join(import.meta.dirname, '..', 'docs', 'screens')
const camera = cameraFor(out, words)
if (isAsked(MEETING)) await meetingScreens(camera)
const parts = PARTS.filter(({ names }) => isAsked(names))
if (parts.length > 0) {
  const stage = await openStage()
  try {
    for (const { play } of parts) await play(stage, camera)
  } finally {
    await stage.close()
  }
}
process.stdout.write(`${out}\n`)
process.exit(0)
