import { describe } from 'vitest'
import { holdMeeting } from './meeting-held.ts'
import { postgresAvailable } from './postgres.ts'
import { onTwoProcesses } from './stages.ts'

describe.skipIf(!postgresAvailable())('of all engines', () => {
  holdMeeting('with two processes and PostgreSQL', onTwoProcesses, { inspects: false })
})
