/** `npm run poll -- --case FILE --out RECORD`: plays a whole poll in memory and writes its record. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { type Case, parseCase } from '../play/case.ts'
import { type Played, playPoll } from '../play/poll.ts'
import { secureRng, seededRng } from '../play/seed.ts'
import { readRulebook } from '../rulebook.ts'
import { type Language, WORDS } from '../words.ts'
import { EXIT, isStarted, languageOf, Progress, readFileWith, run, shown, Unusable } from './terminal.ts'

export interface PollArguments {
  readonly caseFile: string
  readonly out: string
  readonly language: Language
  readonly json: boolean
  readonly seed: number | null
}

const readCase = (file: string, language: Language): Promise<Case> =>
  readFileWith(file, language, text => parseCase(text, readRulebook()))

/** Plays and writes. The record appears under its name only when it is whole and on disk. */
export async function poll({ caseFile, out, language, json, seed }: PollArguments): Promise<number> {
  const words = WORDS[language]
  const plan = await readCase(caseFile, language)
  if (seed !== null) process.stderr.write(`${words.poll.seeded}\n`)
  const progress = new Progress()
  const lines = playPoll(plan, words.member, seed === null ? secureRng : seededRng(seed), (step, done, total) =>
    progress.show(total > 1 ? `${words.steps[step]}: ${done} / ${total}` : words.steps[step]),
  )
  const played = await writeAll(lines, out, language)
  progress.done()
  if (json) process.stdout.write(`${JSON.stringify({ record: out, ...played })}\n`)
  else {
    process.stdout.write(`${shown(plan.title)}\n`)
    process.stdout.write(`${words.manifestCode}: ${played.manifestCode}\n${words.closingCode}: ${played.closingCode}\n`)
    if (plan.comments.length > 0 && played.texts === null)
      process.stdout.write(`${words.poll.textsClosed(plan.minimumBallots)}\n`)
    for (const [i, n] of (played.texts ?? []).entries())
      process.stdout.write(`${words.poll.texts(shown(plan.comments[i]!.title), n, plan.minimumBallots)}\n`)
    process.stdout.write(`${words.poll.written(out)}\n`)
  }
  return EXIT.success
}

async function writeAll(lines: AsyncGenerator<string, Played>, out: string, language: Language): Promise<Played> {
  const begun = `${out}.part`
  let played: Played | null = null
  async function* untilPlayed() {
    played = yield* lines
  }
  try {
    await pipeline(untilPlayed, createWriteStream(begun, { flush: true }))
    await rename(begun, out)
    return played!
  } catch (error) {
    await rm(begun, { force: true }).catch(() => {})
    // What the system refuses has the name of a system call; anything else is a bug.
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    throw new Unusable(WORDS[language].unusable.output(out))
  }
}

function readArguments(): PollArguments {
  try {
    const { values } = parseArgs({
      options: {
        case: { type: 'string' },
        out: { type: 'string' },
        lang: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const language = languageOf(values.lang)
    if (values.case === undefined || values.out === undefined) throw new Unusable(WORDS[language].usage.poll)
    if (values.seed !== undefined && !/^\d{1,9}$/.test(values.seed))
      throw new Unusable(WORDS[language].unusable.arguments(`--seed ${values.seed}`))
    const seed = values.seed === undefined ? null : Number(values.seed)
    return { caseFile: values.case, out: values.out, language, json: values.json, seed }
  } catch (error) {
    if (error instanceof Unusable) throw error
    throw new Unusable(WORDS.vi.usage.poll)
  }
}

if (isStarted(import.meta.filename)) await run(() => poll(readArguments()))
