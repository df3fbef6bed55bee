/**
 * `npm run outcome -- --counts FILE`: what the rules say of counts without a poll, for lawyers and for paper rounds. Ends
 * with 0 once the counts were evaluated, also where the round has no consequence; with 2 where they cannot be.
 */
import { parseArgs } from 'node:util'
import { brokenSentence } from '../../client/words/reports/bar.ts'
import { RULES } from '../../client/words/rules.ts'
import { readRulebook } from '../rulebook.ts'
import { type Impossible, readCounts } from '../rules/counts.ts'
import { evaluate, isInForce } from '../rules/evaluate.ts'
import type { Outcome } from '../rules/finding.ts'
import { unknownLevel } from '../rules/levels.ts'
import type { Pack } from '../rules/pack.ts'
import { readPack } from '../rules/read.ts'
import type { Round } from '../rules/round.ts'
import { type Language, WORDS } from '../words.ts'
import { dayIn, outcomeAsText } from './outcome-text.ts'
import { EXIT, isStarted, languageOf, readFileWith, run, shown, Unusable } from './terminal.ts'

interface OutcomeArguments {
  readonly counts: string
  /** Ids of shipped packs, or files; none: every shipped pack that fits. */
  readonly packs: readonly string[]
  readonly language: Language
  readonly json: boolean
}

interface Chosen {
  readonly text: string
  readonly pack: Pack
}

async function evaluateCounts({ counts, packs, language, json }: OutcomeArguments): Promise<number> {
  const { round, impossible } = await readFileWith(counts, language, readCounts)
  if (impossible !== null) throw new Unusable(impossibleSentence(impossible, language))
  const shipped = readRulebook().map(text => ({ text, pack: readPack(text) }))
  const chosen =
    packs.length === 0
      ? fitting(shipped, round, language)
      : await Promise.all(packs.map(asked => packOf(asked, shipped, language)))
  checkOptions(chosen, round, language)
  checkLevels([...shipped, ...chosen], round, language)
  const outcome = evaluate(round, chosen)
  const texts = chosen.map(({ pack }) => pack)
  process.stdout.write(
    json
      ? `${JSON.stringify(outcomeAsJson(round, outcome, language))}\n`
      : shown(outcomeAsText(round, outcome, texts, language)),
  )
  return EXIT.success
}

function impossibleSentence({ rule, of, numbers }: Impossible, language: Language): string {
  if (rule !== 'present') return brokenSentence({ rule, of, numbers }, language)
  return WORDS[language].outcome.present(numbers[0]!, numbers[1]!)
}

// ── which packs ─────────────────────────────────────────────────────────────────────────────────────────────────

const optionsOf = ({ subjects }: Round): readonly string[] => [
  ...new Set(subjects.flatMap(({ counts }) => [...counts.keys()])),
]

const has = (pack: Pack, option: string): boolean => pack.options.some(({ id }) => id === option)

/** Every shipped pack in force that has the counts' options; figures that nobody has seen in a text are never among them. */
function fitting(shipped: readonly Chosen[], round: Round, language: Language): readonly Chosen[] {
  const words = WORDS[language].outcome
  const options = optionsOf(round)
  const real = shipped.filter(({ pack }) => !pack.sample)
  const unknown = options.find(option => !real.some(({ pack }) => has(pack, option)))
  if (unknown !== undefined) throw new Unusable(words.unknownOption(unknown, idsOf(real)))
  const found = real.filter(
    ({ pack }) => isInForce(pack.effective, round.date) && options.every(option => has(pack, option)),
  )
  if (found.length === 0) throw new Unusable(words.noPack(dayIn(round.date, language), options.join(', ')))
  return [...found].sort((a, b) => ROLES.indexOf(a.pack.role) - ROLES.indexOf(b.pack.role))
}

/** The text that the ballot is held under speaks first. */
const ROLES: readonly Pack['role'][] = ['ballot', 'consequence']

const idsOf = (packs: readonly Chosen[]): string => packs.map(({ pack }) => pack.id).join(', ')

/** By the id of a shipped pack, else the file of that name. */
async function packOf(asked: string, shipped: readonly Chosen[], language: Language): Promise<Chosen> {
  const found = shipped.find(({ pack }) => pack.id === asked)
  if (found) return found
  if (!/[./\\]/.test(asked)) throw new Unusable(WORDS[language].outcome.unknownPack(asked, idsOf(shipped)))
  return readFileWith(asked, language, text => ({ text, pack: readPack(text) }))
}

function checkOptions(chosen: readonly Chosen[], round: Round, language: Language): void {
  for (const { pack } of chosen) {
    const unknown = optionsOf(round).find(option => !has(pack, option))
    if (unknown !== undefined) throw new Unusable(WORDS[language].outcome.unknownOption(unknown, pack.id))
  }
}

/** A level that no pack knows would silently meet no rule. */
function checkLevels(packs: readonly Chosen[], { subjects, classified }: Round, language: Language): void {
  const all = packs.map(({ pack }) => pack)
  const histories = subjects.map(({ history }) => history)
  const unknown = unknownLevel(all, histories, classified)
  if (unknown !== null) throw new Unusable(WORDS[language].outcome.unknownLevel(unknown))
}

// ── for machines ────────────────────────────────────────────────────────────────────────────────────────────────

function outcomeAsJson({ date }: Round, { packs, differ }: Outcome, language: Language) {
  const reasons = new Set(packs.map(({ blocked }) => blocked))
  return {
    date,
    blocked: reasons.size === 1 ? packs[0]!.blocked : null,
    packs: packs.map(({ blocked, ...said }) => ({
      ...said,
      blocked,
      reason: blocked && RULES[language].blocked[blocked],
    })),
    differ,
  }
}

function readArguments(): OutcomeArguments {
  try {
    const { values } = parseArgs({
      options: {
        counts: { type: 'string' },
        pack: { type: 'string', multiple: true, default: [] },
        lang: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const language = languageOf(values.lang)
    if (values.counts === undefined) throw new Unusable(WORDS[language].usage.outcome)
    return { counts: values.counts, packs: [...new Set(values.pack)], language, json: values.json }
  } catch (error) {
    if (error instanceof Unusable) throw error
    throw new Unusable(WORDS.vi.usage.outcome)
  }
}

if (isStarted(import.meta.filename)) await run(() => evaluateCounts(readArguments()))
