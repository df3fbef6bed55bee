/**
 * Worker threads for `work.ts`, on Node: a queue, as many threads as there are other cores (of two cores both: the main
 * thread has little to do), and up to sixteen casts of one poll in a batch. The queue is bounded: beyond it people are
 * asked to come back in a moment.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { no } from './refusals.ts'
import { type Done, type Job, type Poll, type PollText, type Sent, type Work, writePoll } from './work.ts'

const CASTS_A_BATCH = 16
const MOST_WAITING = 4096

/** `poll` goes along the first time that a thread meets it. */
export interface Letter {
  readonly job: Job
  readonly name: string | null
  readonly poll: PollText | null
}
/** `failed` is set where the job threw: a bug. */
export type Reply = { readonly done: Done[Job['type']] } | { readonly failed: string }

interface Waiting {
  readonly job: Job
  readonly poll: Poll | null
  readonly resolve: (done: never) => void
  readonly reject: (error: unknown) => void
}

interface Thread {
  readonly worker: Worker
  readonly knows: Set<string>
  /** What it is doing; a batch of casts answers several. */
  busy: readonly Waiting[]
}

export function startWorkers(
  count: number = Math.max(Math.min(2, availableParallelism()), availableParallelism() - 1),
): Work {
  let queue: Waiting[] = []
  let stopping = false
  const threads: Thread[] = []
  for (let i = 0; i < count; i++) threads.push(startThread())

  function startThread(): Thread {
    const worker = new Worker(new URL('./worker-thread.ts', import.meta.url))
    const thread: Thread = { worker, knows: new Set(), busy: [] }
    worker.on('message', (reply: Reply) => {
      const { busy } = thread
      thread.busy = []
      if ('failed' in reply) for (const { reject } of busy) reject(new Error(reply.failed))
      else if (busy[0]!.job.type === 'accept')
        for (const [i, one] of (reply.done as Done['accept']).entries()) busy[i]!.resolve(one as never)
      else busy[0]!.resolve(reply.done as never)
      give(thread)
    })
    // A thread that dies takes its jobs with it, nothing else: another one takes its place.
    worker.on('error', error => {
      for (const { reject } of thread.busy) reject(error)
      thread.busy = []
      const place = threads.indexOf(thread)
      if (!stopping && place >= 0) {
        threads[place] = startThread()
        give(threads[place])
      }
    })
    worker.unref()
    return thread
  }

  function give(thread: Thread): void {
    const first = queue[0]
    if (first === undefined || thread.busy.length > 0) return
    const together = (one: Waiting) => one.job.type === 'accept' && one.poll === first.poll
    const batch = first.job.type === 'accept' ? queue.filter(together).slice(0, CASTS_A_BATCH) : [first]
    const taken = new Set(batch)
    queue = queue.filter(one => !taken.has(one))
    thread.busy = batch
    const job: Job =
      first.job.type === 'accept'
        ? { type: 'accept', list: batch.flatMap(({ job }) => (job as { readonly list: readonly Sent[] }).list) }
        : first.job
    const name = first.poll && Buffer.from(first.poll.manifest.hash).toString('hex')
    const isNew = name !== null && !thread.knows.has(name)
    if (isNew) thread.knows.add(name)
    const letter: Letter = { job, name, poll: isNew ? writePoll(first.poll!) : null }
    thread.worker.postMessage(letter)
  }

  function ask<J extends Job>(job: J, poll: Poll | null): Promise<Done[J['type']]> {
    if (queue.length >= MOST_WAITING) no('too-many')
    return new Promise((resolve, reject) => {
      queue.push({ job, poll, resolve: resolve as (done: never) => void, reject })
      for (const thread of threads) give(thread)
    })
  }

  return {
    redeem: async (poll, group, request) => ask({ type: 'redeem', group, request }, poll),
    accept: async (poll, sent) =>
      (await ask({ type: 'accept', list: [sent] }, poll)) as unknown as Done['accept'][number],
    checkShares: async (poll, board, trustee, shares) => ask({ type: 'shares', board, trustee, shares }, poll),
    checkRecord: async lines => ask({ type: 'record', lines }, null),
    close: async () => {
      stopping = true
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}
