/** One worker thread: keeps the polls it has met, does a job at a time, remembers nothing else. */
import { parentPort } from 'node:worker_threads'
import { secureRng } from './play/seed.ts'
import { doJob, type Poll, readPoll } from './work.ts'
import type { Letter, Reply } from './workers.ts'

const polls = new Map<string, Poll>()

parentPort!.on('message', async ({ job, name, poll }: Letter) => {
  let reply: Reply
  try {
    if (name !== null && poll !== null) polls.set(name, readPoll(poll))
    reply = { done: await doJob(job, name === null ? null : polls.get(name)!, secureRng) }
  } catch (error) {
    reply = { failed: String(error) }
  }
  parentPort!.postMessage(reply)
})
