/**
 * Starts a bundle as somebody would who has nothing but its folder, speaks to it, stops it, and tells what it saw as one
 * line of JSON. A process of its own, so that a test can put it where there is no network: what it starts is there too.
 * Argument: the start file.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'

export interface Seen {
  /** Network interfaces that are up. */
  readonly interfaces: readonly string[]
  /** What a connection to an address elsewhere came to. */
  readonly elsewhere: string
  /** The program that runs the server. */
  readonly program: string
  /** Status and body of each page asked for. */
  readonly pages: { readonly [path: string]: { readonly status: number; readonly body: string } }
  /** Status with the organiser's session, and how many polls it then lists; status without one. */
  readonly organiser: { readonly status: number; readonly polls: number; readonly stranger: number }
  readonly exitCode: number | null
}

/** Nowhere to look for programs, and proxies that nobody answers: whatever goes out would fail. */
const NOTHING = ['PATH=/nowhere', 'HTTP_PROXY=http://127.0.0.1:9', 'HTTPS_PROXY=http://127.0.0.1:9', 'PORT=0']

const started = spawn('/usr/bin/env', ['-i', ...NOTHING, '/bin/sh', process.argv[2]!, '--lang', 'en'], { cwd: '/' })
started.stderr.pipe(process.stderr)
const [address, link] = await new Promise<readonly [string, string]>((resolve, reject) => {
  let said = ''
  started.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString('utf8')
    const found = /(http:\/\/localhost:\d+)\/to-chuc#setup\.(\S+)\n/.exec(said)
    if (found) resolve([found[1]!, found[2]!])
  })
  started.once('exit', code => reject(new Error(`ended with ${code}: ${said}`)))
})

const ask = async (path: string, init?: RequestInit) => fetch(`${address}${path}`, init)
const pages: Record<string, Seen['pages'][string]> = {}
for (const path of ['/', '/to-chuc', '/kiem-phieu', '/verify', '/no-such-page']) {
  const response = await ask(path)
  pages[path] = { status: response.status, body: await response.text() }
}
const headers = { 'content-type': 'application/json', origin: address }
const body = JSON.stringify({ link, password: 'mật khẩu đủ dài' })
const entered = await ask('/api/account/setup', { method: 'POST', headers, body })
const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
const listed = await ask('/api/organiser', { headers: { cookie } })
const { polls } = (await listed.json()) as { readonly polls: readonly unknown[] }
const stranger = await ask('/api/organiser')

const seen: Omit<Seen, 'exitCode'> = {
  interfaces: Object.keys(networkInterfaces()),
  elsewhere: await new Promise(resolve => {
    const socket = connect({ host: '192.0.2.1', port: 80, timeout: 500 })
    socket.once('error', error => resolve((error as NodeJS.ErrnoException).code ?? 'error'))
    for (const event of ['timeout', 'connect'] as const)
      socket.once(event, () => {
        resolve(event)
        socket.destroy()
      })
  }),
  program: readlinkSync(`/proc/${started.pid}/exe`),
  pages,
  organiser: { status: listed.status, polls: polls.length, stranger: stranger.status },
}
started.kill('SIGINT')
const [exitCode] = (await once(started, 'exit')) as [number | null]
process.stdout.write(`${JSON.stringify({ ...seen, exitCode })}\n`)
