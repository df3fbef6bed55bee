/**
 * `npm run load`: what real servers do under load, on this machine alone; prints times and rates.
 *
 *   npm run load                              a hall of 500 voters at one poll, Node and SQLite (load/hall.ts)
 *   npm run load -- --voters 2000             up to so many
 *   npm run load -- --survey                  ballots of 1×4 + 10×5
 *   npm run load -- --engines                 1, 2, 4, 8 polls on SQLite, PostgreSQL and workerd (load/engines.ts)
 *   npm run load -- --engines --only workerd --polls 1,8 --voters 64 --rounds 5 --minutes 15
 *   npm run load -- … --json                  for machines
 *
 * Whoever it loads it has started itself; there is no way to name another host. Never part of `npm test`: time is measured
 * here and asserted nowhere.
 */
import { parseArgs } from 'node:util'
import { loadEngines, printFound } from './load/engines.ts'
import { loadHall, printHall } from './load/hall.ts'
import { ENGINES } from './load/sites.ts'

const { values } = parseArgs({
  options: {
    voters: { type: 'string' },
    survey: { type: 'boolean', default: false },
    engines: { type: 'boolean', default: false },
    only: { type: 'string', default: ENGINES.join(',') },
    polls: { type: 'string', default: '1,2,4,8' },
    rounds: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '15' },
    json: { type: 'boolean', default: false },
  },
})

if (values.engines) {
  const named = values.only.split(',')
  const found = await loadEngines({
    engines: ENGINES.filter(engine => named.includes(engine)),
    voters: Number(values.voters ?? '64'),
    rounds: Number(values.rounds),
    polls: values.polls.split(',').map(Number),
    minutes: Number(values.minutes),
  })
  if (values.json) process.stdout.write(`${JSON.stringify(found)}\n`)
  else printFound(found)
} else {
  const figures = await loadHall({ voters: Number(values.voters ?? '500'), survey: values.survey })
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`)
  else printHall(figures)
}
