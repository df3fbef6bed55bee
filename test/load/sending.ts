/** How load and simulation speak to servers: over loopback alone, as any load balancer would, with what it costs on the line. */
import { Agent, type ClientRequestArgs } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { askAt } from '../listening.ts'
import type { Ask } from '../office.ts'

/** The port of an address of this machine. Throws for every other host. */
export function loopbackPort(url: string): number {
  const { protocol, hostname, port } = new URL(url)
  if (protocol !== 'http:' || hostname !== '127.0.0.1' || port === '')
    throw new RangeError(`${url}: load goes to http://127.0.0.1:PORT and nowhere else`)
  return Number(port)
}

/** Each request to the next process: nobody stays with one. A process that takes no connection is passed over from then on. */
export class Balancer {
  private ports: readonly number[]
  private turn = 0
  constructor(ports: readonly number[]) {
    this.ports = ports
  }
  next(): number {
    const port = this.ports[this.turn++ % this.ports.length]
    if (port === undefined) throw new Error('no process takes connections any more')
    return port
  }
  passOver(port: number): void {
    this.ports = this.ports.filter(one => one !== port)
  }
}

/** Rejects where no whole answer came; where nothing was sent, another process is asked. */
export const askThrough =
  (balancer: Balancer, agent: Agent): Ask =>
  async (path, init) => {
    for (;;) {
      const port = balancer.next()
      try {
        return await askAt(port, agent)(path, init)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error
        balancer.passOver(port)
      }
    }
  }

/** Connections whose bytes are counted: what HTTP sends and receives, headers included. */
export class CountingAgent extends Agent {
  private readonly all = new Set<Socket>()

  override createConnection(
    options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const made = super.createConnection(options, callback)
    if (made) this.all.add(made as Socket)
    return made
  }

  bytes(): { readonly sent: number; readonly received: number } {
    const sum = (of: (socket: Socket) => number) => [...this.all].reduce((total, socket) => total + of(socket), 0)
    return { sent: sum(({ bytesWritten }) => bytesWritten), received: sum(({ bytesRead }) => bytesRead) }
  }
}

/** Does all of them, so many at a time, begun in order; results in the same order. */
export async function inFlight<T>(most: number, jobs: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const results: T[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < jobs.length) {
      const mine = next++
      results[mine] = await jobs[mine]!()
    }
  }
  await Promise.all(Array.from({ length: Math.min(most, jobs.length) }, lane))
  return results
}

/** The value below which this share of all is; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
