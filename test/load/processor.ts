/** What processes have cost, as Linux counts it. Elsewhere every figure is NaN, and says so where it is printed. */
import { readdirSync, readFileSync } from 'node:fs'

const TICK_MS = 10

/** Processor time of a process so far with its threads, its children, and those of them that have ended, in milliseconds. */
export function processorMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    // *Source*: proc(5): utime, stime, cutime, cstime.
    const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MS
    return childrenOf(pid).reduce((sum, child) => sum + (processorMs(child) || 0), own)
  } catch {
    return Number.NaN
  }
}

const childrenOf = (pid: number): readonly number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap(thread =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )

/** Of this process, without its children. */
export function ownProcessorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Of the whole machine since it started, whoever used it, in milliseconds over all cores. */
export function machineMs(): number {
  try {
    // *Source*: proc(5): user, nice, system, idle, iowait, irq, softirq, steal.
    const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0]!.split(/\s+/).slice(1, 9).map(Number)
    return fields.reduce((sum, ticks, i) => (i === 3 || i === 4 ? sum : sum + ticks), 0) * TICK_MS
  } catch {
    return Number.NaN
  }
}
