import { sufferMishaps } from './mishaps-midway.ts'
import { onWorkers } from './stages.ts'

sufferMishaps('on Workers', onWorkers, [
  'the poll’s object is thrown out of memory',
  'workerd is killed, and started again',
])
