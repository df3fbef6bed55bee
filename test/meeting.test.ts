import { holdMeeting } from './meeting-held.ts'
import { onOneFile } from './stages.ts'

holdMeeting('with one process and one file', onOneFile, { inspects: true })
