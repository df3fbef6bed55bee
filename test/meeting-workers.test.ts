import { holdMeeting } from './meeting-held.ts'
import { onWorkers } from './stages.ts'

holdMeeting('on Workers', onWorkers, { inspects: false })
