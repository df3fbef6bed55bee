/**
 * `npm run bench`: what the cryptography costs, as ratios to one variable-base multiplication of @noble measured in the
 * same round, so that figures from different machines and moments compare. Median of five interleaved rounds.
 *
 *   npm run bench                    everything, the 10,000-ballot record too (a quarter of an hour or more)
 *   npm run bench -- --ballots 1000  another size of record; 0 leaves it out
 *   npm run bench -- --json          for machines
 *
 * Also what opening 500 comments takes two of the counting team's devices, in seconds of processor time.
 *
 * Never part of `npm test`: time is measured here and asserted nowhere.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ballotProofEquations, checkCast, falseProofs, readBallot, sealBallot } from '../crypto/ballot.ts'
import { holdsPlainly } from '../crypto/batch.ts'
import { answerRequest, finishCredentials, readRequest, requestCredentials } from '../crypto/blind.ts'
import { G, multiply, randomScalar, withTable } from '../crypto/group.ts'
import type { Manifest } from '../crypto/manifest.ts'
import { tokenKeyPair } from '../crypto/token.ts'
import { type BoxKeys, newBoxKeys } from '../server/box.ts'
import { Progress } from '../server/commands/terminal.ts'
import { parseCase } from '../server/play/case.ts'
import { holdCeremony } from '../server/play/member.ts'
import { prepare } from '../server/play/organiser.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { measureComments } from './comments-speed.ts'

const ROUNDS = 5
const BATCH = 100

interface Shape {
  readonly name: string
  /** Numbers of options, contest by contest. */
  readonly contests: readonly number[]
  /** Ballots in a batch; a large ballot fills one with fewer. */
  readonly batch: number
}

const SHAPES: readonly Shape[] = [
  { name: '1×3', contests: [3], batch: BATCH },
  { name: '1×4', contests: [4], batch: BATCH },
  { name: '1×4 + 10×5', contests: [4, ...Array<number>(10).fill(5)], batch: 10 },
  { name: '41×4', contests: Array<number>(41).fill(4), batch: 4 },
]

const now = () => performance.now()

function timed(times: number, work: (i: number) => void): number {
  const began = now()
  for (let i = 0; i < times; i++) work(i)
  return (now() - began) / times
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

/** A poll of this shape with as many voters as a batch has ballots, up to their credentials. */
function setUp({ name, contests, batch }: Shape) {
  const plan = parseCase(
    JSON.stringify({
      title: name,
      trustees: 3,
      threshold: 2,
      minimumBallots: 5,
      groups: [{ id: 'staff', label: 'staff', cards: batch, handedOut: batch }],
      contests: contests.map((n, c) => ({
        id: `c${c}`,
        title: `${c}`,
        options: Array.from({ length: n }, (_, o) => `${o}`),
        min: 0,
        max: 1,
      })),
      votes: [],
    }),
  )
  const pollId = rng(16)
  const keys = newBoxKeys(plan.groups.length, plan.comments.length, rng)
  const { trustees } = holdCeremony({ pollId, n: 3, t: 2 }, ['1', '2', '3'], rng)
  const { manifest, cards } = prepare(plan, pollId, keys, trustees, rng)
  const redeemed = cards[0]!.map(card => redeem(manifest, keys, tokenKeyPair(pollId, card)))
  return { manifest, keys, cards: cards[0]!, credentials: redeemed.map(([credential]) => credential!) }
}

function redeem(manifest: Manifest, keys: BoxKeys, token: ReturnType<typeof tokenKeyPair>) {
  const { request, pending } = requestCredentials(manifest, token, rng)
  const answer = answerRequest(manifest, readRequest(manifest, request, 'r'), keys.issuers, keys.receiptKey, rng)
  return finishCredentials(manifest, 0, request, pending, answer)
}

type Figures = Readonly<Record<string, number>>

/** One round over one shape: every figure per ballot, in variable-base multiplications. */
function round(shape: Shape, poll: ReturnType<typeof setUp>): Figures {
  const { manifest, keys, cards, credentials } = poll
  const P = multiply(G, randomScalar(rng))
  const unit = timed(200, () => multiply(P, randomScalar(rng)))
  const K = manifest.electionKey.point
  const choices = shape.contests.map((n, c) => [c % n])
  const few = Math.min(shape.batch, 10)
  const table = timed(1, () => multiply(withTable(multiply(G, randomScalar(rng))), randomScalar(rng)))
  withTable(K)
  multiply(K, randomScalar(rng))
  const ballots = credentials.map(credential => sealBallot(manifest, 0, credential, choices, K, rng))
  const encryption = timed(few, i => sealBallot(manifest, 0, credentials[i]!, choices, K, rng))
  const redemption = timed(few, i => redeem(manifest, keys, tokenKeyPair(manifest.poll.id, cards[i]!)))
  const read = () => ballots.map(bytes => readBallot(manifest, bytes, 'ballot'))
  const casting = timed(few, i => {
    if (checkCast(manifest, readBallot(manifest, ballots[i]!, 'ballot'), rng)) throw new Error('an honest ballot fails')
  })
  const oneByOne = timed(Math.min(few, 3), i => {
    if (!ballotProofEquations(manifest, readBallot(manifest, ballots[i]!, 'ballot')).every(holdsPlainly))
      throw new Error('an honest proof fails')
  })
  const batched = timed(1, () => {
    if (falseProofs(manifest, read(), rng).length > 0) throw new Error('an honest proof fails')
  })
  return {
    'one multiplication, ms': unit,
    'table for K, once a phone': table / unit,
    'redemption, both sides': redemption / unit,
    encryption: encryption / unit,
    'casting check, one ballot': casting / unit,
    'proofs one by one': oneByOne / unit,
    'proofs batched, reading included': batched / shape.batch / unit,
  }
}

/** By shape, each figure's median, lowest and highest. */
function ratios() {
  const progress = new Progress()
  const polls = SHAPES.map(setUp)
  const rounds = Array.from({ length: ROUNDS }, (_, n) => {
    progress.show(`round ${n + 1} of ${ROUNDS}`)
    return SHAPES.map((shape, i) => round(shape, polls[i]!))
  })
  progress.done()
  return SHAPES.map(({ name, batch }, i) => {
    const figures = Object.keys(rounds[0]![i]!).map(figure => {
      const values = rounds.map(shapes => shapes[i]![figure]!)
      return { figure, median: median(values), lowest: Math.min(...values), highest: Math.max(...values) }
    })
    return { name, batch, figures }
  })
}

/** Makes and checks a whole record of 1×4 ballots in processes of their own, and says what that took. */
function wholeRecord(ballots: number) {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-bench-'))
  const [caseFile, record] = [join(folder, 'case.json'), join(folder, 'poll.record')]
  const plan = {
    title: `${ballots} × 1×4`,
    trustees: 3,
    threshold: 2,
    minimumBallots: 5,
    groups: [{ id: 'staff', label: 'staff', cards: ballots, handedOut: ballots }],
    contests: [{ id: 'c', title: 'c', options: ['a', 'b', 'c', 'd'], min: 0, max: 1 }],
    votes: [0, 1, 2, 3].map(o => ({ group: 'staff', count: ballots / 4, choices: { c: [o] } })),
  }
  writeFileSync(caseFile, JSON.stringify(plan))
  const run = (name: string, ...args: string[]) => {
    const began = now()
    const script = join(import.meta.dirname, '..', 'server', 'commands', `${name}.ts`)
    const { status, stdout } = spawnSync(process.execPath, [...FLAGS, '--import', MEMORY, script, ...args, '--json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (status !== 0) throw new Error(`${name} ended with ${status}`)
    return { seconds: (now() - began) / 1000, peakMegabytes: Number(/peak (\d+)/.exec(stdout)?.[1]) }
  }
  const made = run('poll', '--case', caseFile, '--out', record)
  const megabytes = statSync(record).size / 1e6
  const verified = run('verify', record)
  rmSync(folder, { recursive: true })
  return { ballots, megabytes, made, verified }
}

/** As in package.json: young garbage is collected early, which keeps a long verification small. */
const FLAGS = ['--max-semi-space-size=4']

/** Says the peak resident memory of the process it is loaded into, at its end. */
const MEMORY = `data:text/javascript,process.on('exit',()=>process.stdout.write('peak '+Math.round(process.resourceUsage().maxRSS/1024)))`

const { values } = parseArgs({
  options: { ballots: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } },
})
const sizes = values.ballots === '10000' ? [1000, 10_000] : [Number(values.ballots)]
if (sizes.some(n => !Number.isInteger(n) || n % 4 !== 0 || n < 0 || n > 60_000))
  throw new RangeError('--ballots takes a multiple of 4, at most 60000')

const shapes = ratios()
if (!values.json) shapes.forEach(printShape)
const comments = measureComments(500, 1)
if (!values.json) printComments(comments)
const records = sizes
  .filter(n => n > 0)
  .map(n => {
    const found = wholeRecord(n)
    if (!values.json) printRecord(found)
    return found
  })
if (values.json) process.stdout.write(`${JSON.stringify({ shapes, comments, records })}\n`)

function printShape({ name, batch, figures }: ReturnType<typeof ratios>[number]): void {
  process.stdout.write(`\n${name}, batches of ${batch}, in variable-base multiplications per ballot\n`)
  for (const { figure, median: middle, lowest, highest } of figures) {
    const spread = `${lowest.toFixed(2)} … ${highest.toFixed(2)}`
    process.stdout.write(`  ${figure.padEnd(34)} ${middle.toFixed(2).padStart(8)}   (${spread})\n`)
  }
}

function printComments({ envelopes, partMs, openMs }: typeof comments): void {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  process.stdout.write(`\n${envelopes} comments, two devices of three\n`)
  process.stdout.write(`  one member's part: ${seconds(partMs)}\n  checking, combining, reading: ${seconds(openMs)}\n`)
}

function printRecord({ ballots, megabytes, made, verified }: ReturnType<typeof wholeRecord>): void {
  const line = ({ seconds, peakMegabytes }: typeof made) => `${seconds.toFixed(1)} s, peak memory ${peakMegabytes} MB`
  process.stdout.write(`\na record of ${ballots} ballots of 1×4, ${megabytes.toFixed(1)} MB\n`)
  process.stdout.write(`  made:     ${line(made)}\n  verified: ${line(verified)}\n`)
}
