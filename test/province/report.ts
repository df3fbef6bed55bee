/** What a province's run says, in lines; and whether it is as it must be. */
import { availableParallelism } from 'node:os'
import { quantile } from '../load/sending.ts'
import { type Comparison, STEPS } from './ledger.ts'
import { PROVINCE, type Scale } from './model.ts'
import type { Ran } from './run.ts'

/** Nothing lost, nothing doubled, nobody left without a receipt, every record holds. Empty where all is well. */
export function faultsOf(
  { scale, ledger, redemptions, ballots, cast, verified, counted }: Ran,
  wantedCounted: number,
): readonly string[] {
  const uneven = (what: string, { lost, doubled, strange }: Comparison) => [
    ...(lost === 0 ? [] : [`${lost} acknowledged ${what} are missing from verified records`]),
    ...(doubled === 0 ? [] : [`${doubled} ${what} are there twice`]),
    ...(strange === 0 ? [] : [`${strange} ${what} are there that nobody was told of`]),
  ]
  return [
    ...uneven('redemptions', redemptions),
    ...uneven('ballots', ballots),
    ...(cast === scale.units * scale.voters ? [] : [`${cast} of ${scale.units * scale.voters} voters hold a receipt`]),
    ...(verified === scale.units ? [] : [`${verified} of ${scale.units} records verify`]),
    ...(counted === wantedCounted ? [] : [`${counted} of ${wantedCounted} records verify to their result`]),
    ...ledger.broken,
  ]
}

export function scaleLines({
  units,
  voters,
  seconds,
  meetingSeconds,
  shorter,
  votersPerSecond,
}: Scale): readonly string[] {
  return [
    `the province: ${PROVINCE.units} units × ${PROVINCE.voters} voters in ${PROVINCE.seconds / 3600} h, ${votersPerSecond.toFixed(1)} voters/s`,
    `here: ${units} × ${voters} in ${seconds.toFixed(0)} s, ${votersPerSecond.toFixed(1)} voters/s: the rate is kept, voters and time are ${shorter.toFixed(0)} times fewer;`,
    `a meeting takes ${meetingSeconds.toFixed(1)} s instead of ${PROVINCE.meetingSeconds} s, so that one box meets ${(voters / meetingSeconds).toFixed(1)} voters/s instead of ${(PROVINCE.voters / PROVINCE.meetingSeconds).toFixed(2)},`,
    `and ${((units * meetingSeconds) / seconds).toFixed(1)} boxes are voted in at the same time instead of ${((PROVINCE.units * PROVINCE.meetingSeconds) / PROVINCE.seconds).toFixed(0)}`,
  ]
}

export function ranLines(ran: Ran, faults: readonly string[]): readonly string[] {
  const { ledger, scale, processorMs, seconds, mishap } = ran
  const voters = scale.units * scale.voters
  const ms = (value: number) => `${value.toFixed(0)} ms`.padStart(9)
  const steps = STEPS.filter(step => ledger.times[step].length > 0).map(step => {
    const times = ledger.times[step]
    const [middle, most, worst] = [0.5, 0.95, 1].map(share => ms(quantile(times, share)))
    return `  ${step.padEnd(9)} ${`${times.length}`.padStart(6)} ${middle} ${most} ${worst}`
  })
  const refusals = [...ledger.refusals].sort().map(([name, n]) => `${n} × ${name}`)
  return [
    '',
    `${ran.processes}, ${availableParallelism()} cores, ${seconds.toFixed(0)} s from the first opening to the last closed box`,
    ...(mishap === null ? [] : [`  in the middle: ${mishap}`]),
    `  answers to        n    middle      95 %     worst`,
    ...steps,
    `  refused: ${refusals.join(', ') || 'nothing'}; ${ledger.waits.length} needed another try, the longest ${ms(Math.max(0, ...ledger.waits)).trim()}`,
    `  ${ledger.cut} answers were cut off and ${ledger.repeated} requests repeated on purpose, each with the same answer`,
    `  processor time: ${processorMs.map(([name, used]) => `${name} ${(used / 1000).toFixed(1)} s (${(used / voters).toFixed(1)} ms a voter)`).join(', ')}`,
    `  a voter: ${(ledger.bytes.sent / voters / 1000).toFixed(1)} KB sent, ${(ledger.bytes.received / voters / 1000).toFixed(1)} KB received, the page included`,
    `  a poll of ${scale.voters}: ${(ran.diskBytes / scale.units / 1000).toFixed(0)} KB on disk`,
    `  ${ran.cast} ballots acknowledged; on verified boards ${comparisonOf(ran.ballots)}; redemptions ${comparisonOf(ran.redemptions)}`,
    `  ${ran.verified} of ${scale.units} records verify, ${ran.counted} were opened, published and verified to the result; ${ledger.found} phones came back and found their ballot`,
    ...ran.logged.map(line => `  the servers say: ${line}`),
    ...(faults.length === 0 ? ['  nothing was lost, nothing was doubled'] : faults.map(fault => `  ✗ ${fault}`)),
  ]
}

const comparisonOf = ({ lost, doubled, strange }: Comparison): string =>
  `${lost} lost, ${doubled} doubled, ${strange} unknown`
