/**
 * `npm run load -- --engines`: throughput on every engine, and what it stops at.
 *
 * Each round takes as many voters' cards for 1, 2, 4 and 8 polls; all redeem, then all cast, with so many requests in
 * flight over loopback. Phones compute between the two, before a clock starts. Bounded in voters, rounds and minutes; ends
 * by itself, and begins no round that it could not end in time.
 */
import { availableParallelism } from 'node:os'
import { Progress } from '../../server/commands/terminal.ts'
import { type Arithmetic, arithmeticAlone, IN_FLIGHT, type Storing, storingAlone } from './alone.ts'
import { newPhones } from './phones.ts'
import { type Questions, questionsAsked } from './questions.ts'
import { bottleneckOf, type Figure, measure, middle, type Row, type Stock, stockOf, total } from './rates.ts'
import { type Engine, missingFor, openSite, type Site, type Team } from './sites.ts'

export interface Wanted {
  readonly engines: readonly Engine[]
  /** For each measurement, over all its polls. */
  readonly voters: number
  readonly rounds: number
  /** Numbers of polls, ascending. */
  readonly polls: readonly number[]
  readonly minutes: number
}

export interface Found {
  readonly cores: number
  readonly inFlight: number
  readonly voters: number
  readonly rounds: number
  readonly questions: readonly Questions[]
  readonly arithmetic: Arithmetic
  readonly storing: Readonly<Partial<Record<Engine, Storing>>>
  readonly rows: readonly Row[]
  readonly skipped: readonly string[]
  readonly logged: readonly string[]
}

const MOST_VOTERS = 512
const MOST_ROUNDS = 9
const MOST_POLLS = 16
const MOST_MINUTES = 30

/** One thread, then as many as there are cores: in one process, and in two. None has more threads than cores. */
const CORES = availableParallelism()
const TEAMS: readonly Team[] = [
  { processes: 1, threads: 1 },
  { processes: 1, threads: CORES },
  { processes: 2, threads: Math.max(1, Math.floor(CORES / 2)) },
]

export function checkWanted({ engines, voters, rounds, polls, minutes }: Wanted): void {
  const within = (name: string, value: number, most: number) => {
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw new RangeError(`--${name} takes a number from 1 to ${most}`)
  }
  if (engines.length === 0) throw new RangeError('--only names no engine')
  within('voters', voters, MOST_VOTERS)
  within('rounds', rounds, MOST_ROUNDS)
  within('minutes', minutes, MOST_MINUTES)
  for (const one of polls) within('polls', one, Math.min(MOST_POLLS, voters))
}

export async function loadEngines(wanted: Wanted): Promise<Found> {
  checkWanted(wanted)
  const ends = performance.now() + wanted.minutes * 60_000
  const progress = new Progress()
  const show = (sentence: string) => progress.show(sentence)
  const skipped = wanted.engines.flatMap(engine => (missingFor(engine) ? [`${engine}: ${missingFor(engine)}`] : []))
  const phones = newPhones(availableParallelism())
  const sites: Site[] = []
  try {
    const questions = await questionsAsked()
    show('the arithmetic by itself')
    const arithmetic = await arithmeticAlone(phones, wanted.voters)
    for (const engine of wanted.engines)
      if (missingFor(engine) === null) sites.push(await openSite(engine, { teams: TEAMS }))
    const storing: Partial<Record<Engine, Storing>> = {}
    const stocks: Stock[] = []
    for (const site of sites) {
      show(`${site.engine} by itself`)
      const empty = await site.storage()
      storing[site.engine] = await storingAlone(empty)
      await empty.close()
      stocks.push(await stockOf(site, wanted.voters, wanted.polls, wanted.rounds, show))
    }
    const rounds: Row[][] = []
    let longest = 0
    while (rounds.length < wanted.rounds && performance.now() + longest < ends) {
      const began = performance.now()
      rounds.push(await round(stocks, wanted, phones, said => show(`round ${rounds.length + 1}: ${said}`)))
      longest = Math.max(longest, performance.now() - began)
    }
    progress.done()
    return {
      cores: availableParallelism(),
      inFlight: IN_FLIGHT,
      voters: wanted.voters,
      rounds: rounds.length,
      questions,
      arithmetic,
      storing,
      rows: (rounds[0] ?? []).map((_, i) => middle(rounds.map(rows => rows[i]!))),
      skipped,
      logged: sites.flatMap(({ logged }) => logged),
    }
  } finally {
    await phones.close()
    for (const site of sites) await site.close()
  }
}

/** Engine after engine for each number of polls, so that whatever disturbs the machine meets all of them. */
async function round(
  stocks: readonly Stock[],
  { polls, voters }: Wanted,
  phones: Parameters<typeof measure>[4],
  show: (sentence: string) => void,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const count of polls)
    for (const stock of stocks)
      for (const lane of stock.site.lanes) {
        show(`${lane.name}, ${count} polls`)
        rows.push(await measure(stock, lane, count, voters, phones))
      }
  return rows
}

const rate = (value: number): string => (value < 1000 ? value.toFixed(0) : `${(value / 1000).toFixed(1)} k`)

export function printFound({ cores, rows, arithmetic, storing, ...found }: Found): void {
  const line = (text: string) => process.stdout.write(`${text}\n`)
  line(`${cores} cores, ${found.inFlight} requests in flight, ${found.voters} voters a measurement, ballots of 1×3,`)
  line(`middle of ${found.rounds} interleaved rounds\n`)
  line('what a request asks: of its poll’s database, of the directory')
  for (const { request, poll, directory } of found.questions)
    line(`  ${request.padEnd(28)} ${`${poll}`.padStart(3)} ${`${directory}`.padStart(3)}`)
  line('the arithmetic by itself, a second')
  line(`  one core     ${rate(arithmetic.redeem)} redemptions, ${rate(arithmetic.castOneByOne)} casts one by one,`)
  line(`               ${rate(arithmetic.castInBatches)} casts in batches of 16`)
  line(
    `  ${arithmetic.threads} threads    ${rate(arithmetic.redeemThreads)} redemptions, ${rate(arithmetic.castThreads)} casts`,
  )
  line('the engine by itself: ballots stored a second; a closing’s rewriting, by how many ballots lie beside')
  for (const [engine, { perSecond, rewriting }] of Object.entries(storing)) {
    const times = rewriting.map(({ beside, ms }) => `${ms.toFixed(0)} ms (${beside})`)
    line(`  ${engine.padEnd(10)} ${rate(perSecond).padStart(6)}; ${times.join(', ')}`)
  }
  for (const step of ['redeem', 'cast'] as const) {
    line(`\n${step}: requests a second (× of one poll), processor time for each, cores in use, and what it waited for`)
    const nameOf = ({ lane, threads }: Row) =>
      `${lane}, ${threads} ${threads === 1 ? 'thread' : 'threads'} for arithmetic`
    for (const name of new Set(rows.map(nameOf))) {
      const own = rows.filter(row => nameOf(row) === name)
      line(`  ${name}`)
      for (const row of own) line(`    ${sentenceOf(row, row[step], own[0]![step].perSecond, cores)}`)
    }
  }
  for (const one of found.skipped) line(`\nleft out: ${one}`)
  for (const one of found.logged) line(`\nthe servers say: ${one}`)
}

function sentenceOf(row: Row, figure: Figure, one: number, cores: number): string {
  const { polls, processes } = row
  const share = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(2))
  const busy = processes.map((name, i) => `${name} ${share(figure.busy[i]!)}`).join(', ')
  const each = ((total(figure.busy) / figure.perSecond) * 1000).toFixed(1)
  const refused = Object.entries(figure.refused).map(([name, n]) => `, ${n} ${name}`)
  return (
    `${`${polls}`.padStart(2)} ${polls === 1 ? 'poll ' : 'polls'} ${rate(figure.perSecond).padStart(6)} ` +
    `(${(figure.perSecond / one).toFixed(2)}×), ${each} ms each; ${busy}, sending ${share(figure.sending)}, ` +
    `others ${share(figure.others)}: ${bottleneckOf(row, figure, cores)}${refused.join('')}`
  )
}
