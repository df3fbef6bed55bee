import { describe } from 'vitest'
import { sufferMishaps } from './mishaps-midway.ts'
import { postgresAvailable } from './postgres.ts'
import { onTwoProcesses } from './stages.ts'

describe.skipIf(!postgresAvailable())('of all engines', () => {
  sufferMishaps('with two processes and PostgreSQL', onTwoProcesses, [
    'one of the two processes is killed, and another one takes its place',
    'PostgreSQL is restarted',
    'PostgreSQL is killed, and started again',
  ])
})
