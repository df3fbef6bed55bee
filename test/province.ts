/**
 * `npm run simulate:province`: 400 units of 150 voters in the same two hours, cut to this machine (province/model.ts says
 * how), on workerd and on two Node processes with PostgreSQL. Every poll lives its whole life: sealed before the clock
 * starts, opened and closed by its team's devices, voted in by phones that lose answers and repeat themselves, looked at,
 * and its record verified and held against what every phone was told.
 *
 *   npm run simulate:province                            20 × 25 in one minute on each of the two
 *   npm run simulate:province -- --engine postgres       or workerd, or sqlite: one of them
 *   npm run simulate:province -- --mishaps               in the middle one Node process is killed, or every object evicted
 *   npm run simulate:province -- --units 40 --voters 50  another cut; 400 and 150 cut nothing and take two hours
 *   npm run simulate:province -- --counted 20            so many polls go on to their published result
 *
 * On this machine alone, ended by itself. Phones compute here too and share the cores with the servers: their processor
 * time is told apart. Exit code 0 only if nothing was lost or doubled and every record holds.
 */
import { parseArgs } from 'node:util'
import { EXIT, Progress, run } from '../server/commands/terminal.ts'
import { ENGINES, type Engine, missingFor } from './load/sites.ts'
import { scaleOf } from './province/model.ts'
import { faultsOf, ranLines, scaleLines } from './province/report.ts'
import { runProvince } from './province/run.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    units: { type: 'string', default: '20' },
    voters: { type: 'string', default: '25' },
    counted: { type: 'string', default: '2' },
    mishaps: { type: 'boolean', default: false },
  },
})

const DEFAULT: readonly Engine[] = ['workerd', 'postgres']

function enginesNamed(name: string | undefined): readonly Engine[] {
  const found = name === undefined ? DEFAULT : ENGINES.filter(engine => engine === name)
  if (found.length === 0) throw new RangeError(`--engine takes one of ${ENGINES.join(', ')}`)
  return found
}

await run(async () => {
  const scale = scaleOf(Number(values.units), Number(values.voters))
  const counted = Math.min(scale.units, Number(values.counted))
  const progress = new Progress()
  const line = (text: string) => process.stdout.write(`${text}\n`)
  scaleLines(scale).forEach(line)
  let isWell = true
  for (const engine of enginesNamed(values.engine)) {
    const missing = missingFor(engine)
    if (missing !== null) {
      line(`\n${engine}: left out, ${missing}`)
      isWell = isWell && values.engine === undefined
      continue
    }
    const ran = await runProvince(engine, { scale, counted, mishaps: values.mishaps }, said => progress.show(said))
    progress.done()
    const faults = faultsOf(ran, counted)
    ranLines(ran, faults).forEach(line)
    isWell = isWell && faults.length === 0
  }
  return isWell ? EXIT.success : EXIT.finding
})
