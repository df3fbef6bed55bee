/** A province on one engine: sealed before the clock starts, held, closed, looked at, verified, and compared. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chunksOf } from '../../crypto/record.ts'
import { verify } from '../../crypto/verify.ts'
import { secureRng as rng } from '../../server/play/seed.ts'
import { builtPages } from '../browser.ts'
import { newPhones } from '../load/phones.ts'
import { ownProcessorMs } from '../load/processor.ts'
import { pause } from '../load/sending.ts'
import { type Engine, openSite, type Site } from '../load/sites.ts'
import { act, count, draftFor, sealPoll } from '../office.ts'
import { type Comparison, compareRecord, Ledger } from './ledger.ts'
import { chance, HABITS, meetingsOf, type Scale } from './model.ts'
import { holdMeeting, type Unit, unitOf } from './unit.ts'
import type { Hall } from './voter.ts'

export interface Ran {
  readonly engine: Engine
  readonly processes: string
  readonly scale: Scale
  readonly ledger: Ledger
  /** From the first opening to the last closed box, and of that time each process in milliseconds of processor time. */
  readonly seconds: number
  readonly processorMs: readonly (readonly [name: string, ms: number])[]
  readonly diskBytes: number
  readonly redemptions: Comparison
  readonly ballots: Comparison
  readonly cast: number
  /** Records whose board verifies, and those verified to their published result. */
  readonly verified: number
  readonly counted: number
  readonly mishap: string | null
  readonly logged: readonly string[]
}

export interface Wanted {
  readonly scale: Scale
  readonly mishaps: boolean
  /** How many units go on to their result. */
  readonly counted: number
  /** As a server has it that is not told otherwise, unless it is. */
  readonly lastCallMs?: number
}

const PHONE_THREADS = 1
/** A core for each. */
const TEAM = { processes: 2, threads: 1 }

export async function runProvince(engine: Engine, wanted: Wanted, show: (sentence: string) => void): Promise<Ran> {
  const { scale, lastCallMs } = wanted
  const site = await openSite(engine, { teams: [TEAM], ...(lastCallMs === undefined ? {} : { lastCallMs }) })
  const phones = newPhones(PHONE_THREADS)
  try {
    const ledger = new Ledger()
    const { balancer } = site
    const hall: Hall = { balancer, phones, ledger, rng, shorter: scale.shorter, files: await pageFiles() }
    const before = await site.diskBytes()
    const units: Unit[] = []
    for (const meeting of meetingsOf(scale, rng)) {
      show(`${engine}: unit ${units.length + 1} of ${scale.units} seals its box`)
      units.push(await unitOf(hall, await seal(site, scale.voters), meeting))
    }
    show(`${engine}: ${scale.units * scale.voters} voters, ${scale.seconds.toFixed(0)} s`)
    const held = await hold(site, hall, units, wanted)
    await comeBack(hall, units, scale)
    for (const { voters } of units) for (const voter of voters) voter.leaves()
    show(`${engine}: records are verified`)
    const found = await verifyAll(hall, units)
    const counted = await countSome(site, hall, units.slice(0, wanted.counted))
    return {
      engine,
      processes: site.lanes[0]!.name,
      scale,
      ledger,
      ...held,
      diskBytes: (await site.diskBytes()) - before,
      ...found,
      counted,
      cast: ledgerOf(units).ballots.length,
      logged: site.logged,
    }
  } finally {
    await phones.close()
    await site.close()
  }
}

/** What a browser takes of the voter's page: the document, then what it names. */
async function pageFiles(): Promise<readonly string[]> {
  const html = readFileSync(join(await builtPages(), 'voter', 'index.html'), 'utf8')
  return ['/b', ...[...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!)]
}

const seal = ({ ask, organiser, bundle }: Site, voters: number) =>
  sealPoll(ask, organiser, { draft: draftFor({ convened: voters }), cards: voters, rehearsal: true, bundle })

/** The two hours. In the middle of them, if that is wanted, something dies. */
async function hold(site: Site, hall: Hall, units: readonly Unit[], { scale, mishaps }: Wanted) {
  const processes = [...site.lanes[0]!.processes, { name: 'voters and teams', processorMs: ownProcessorMs }]
  /** Of a process that is gone, what it had used by then. */
  const read = (before: readonly number[]) =>
    processes.map(({ processorMs }, i) => {
      const ms = processorMs()
      return Number.isNaN(ms) ? before[i]! : ms
    })
  const used = read(processes.map(() => Number.NaN))
  let last = used
  const beganAt = performance.now()
  const dying = async () => {
    await pause((scale.seconds * 1000) / 2)
    last = read(last)
    return site.mishap()
  }
  const [mishap] = await Promise.all([
    mishaps ? dying() : null,
    ...units.map(unit =>
      holdMeeting(hall, site.organiser, unit, beganAt).catch(error => void hall.ledger.broken.push(String(error))),
    ),
  ])
  return {
    seconds: (performance.now() - beganAt) / 1000,
    processorMs: read(last).map((ms, i) => [processes[i]!.name, ms - used[i]!] as const),
    mishap,
  }
}

/** Some of those who voted look at the board, within as long as a meeting took. */
async function comeBack({ ledger }: Hall, units: readonly Unit[], { meetingSeconds }: Scale): Promise<void> {
  await Promise.all(
    units.flatMap(({ voters }) =>
      voters.map(async voter => {
        if (chance(rng) >= HABITS.comeBack) return
        await pause(chance(rng) * meetingSeconds * 1000)
        await voter.comesBack().catch(error => ledger.broken.push(String(error)))
      }),
    ),
  )
}

const ledgerOf = (units: readonly Unit[]) => {
  const all = units.flatMap(({ voters }) => voters)
  return { cards: all.flatMap(({ card }) => card ?? []), ballots: all.flatMap(({ ballot }) => ballot ?? []) }
}

const NONE: Comparison = { lost: 0, doubled: 0, strange: 0 }

/** Every board as its team gets it: verified, then held against what its phones were told. */
async function verifyAll({ ledger }: Hall, units: readonly Unit[]) {
  let verified = 0
  let [redemptions, ballots] = [NONE, NONE]
  for (const unit of units)
    try {
      const record = await unit.sealed.members[0]!.record()
      const { ok } = await verify(chunksOf(record), { rng, asked: unit.sealed.manifest.hash })
      const found = await compareRecord(record, ledgerOf([unit]))
      if (ok) verified++
      redemptions = sum(redemptions, found.redemptions)
      ballots = sum(ballots, found.ballots)
    } catch (error) {
      ledger.broken.push(`a record: ${error}`)
    }
  return { verified, redemptions, ballots }
}

const sum = (a: Comparison, b: Comparison): Comparison => ({
  lost: a.lost + b.lost,
  doubled: a.doubled + b.doubled,
  strange: a.strange + b.strange,
})

/** Opened by its team, published, and verified to the result from what the public gets; how many held. */
async function countSome({ ask, organiser }: Site, { ledger }: Hall, units: readonly Unit[]): Promise<number> {
  let held = 0
  for (const { sealed, voters } of units)
    try {
      await count(sealed.members.slice(0, 2))
      await act(organiser, sealed, 'publish', [0])
      const record = await (await ask(`/api/polls/${sealed.hash}/record`)).text()
      const { ok, complete, result } = await verify(chunksOf(record), { rng, asked: sealed.manifest.hash })
      const counted = result?.unions[0]?.ballots
      if (ok && complete && counted === voters.length) held++
      else ledger.broken.push(`a result: ok ${ok}, complete ${complete}, ${counted} of ${voters.length} ballots`)
    } catch (error) {
      ledger.broken.push(`a result: ${error}`)
    }
  return held
}
