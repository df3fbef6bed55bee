/** Bytes on the wire that are no request at all, or only the beginning of one. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Listening, listen } from './listening.ts'

/** What people type, machines scan, and attackers send: bytes as they are, then an end or a sudden silence. */
const RAW: readonly (readonly [what: string, bytes: string])[] = [
  ['nothing', ''],
  ['noise', '\u0000\u0001\u0002\u00ff\r\n\r\n'],
  ['another protocol', 'SSH-2.0-OpenSSH_9.9\r\n'],
  ['a future version', 'GET / HTTP/9.9\r\n\r\n'],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['a host that is none', 'GET / HTTP/1.1\r\nHost: [::\r\n\r\n'],
  ['a host with a path', 'GET / HTTP/1.1\r\nHost: a/b?c#d\r\n\r\n'],
  ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
  ['a path of another host', 'GET http://[/api/bundle HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a path that is none', 'GET //../%00%ff\\..\\ HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a star', 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a tunnel', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['an echo', 'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['another protocol from now on', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n'],
  ['a header without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}`],
  ['a path without end', `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
  ['a body that breaks off', 'POST /api/account/login HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"pass'],
  [
    'a piece that breaks off',
    'POST /api/account/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{"',
  ],
  ['pieces of no length', 'POST /api/account/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ['two lengths', 'POST /api/try/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'],
  ['a length below nothing', 'POST /api/try/x HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
  [
    'pieces with a length',
    'POST /api/try/x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['many at once', 'GET /api/bundle HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(200)],
]

describe('a listening server, of which somebody asks', () => {
  let server: Listening
  beforeAll(async () => {
    server = await listen()
  })
  afterAll(() => server.close())

  const statusesOf = (bytes: string, end: 'silence' | 'goodbye') =>
    new Promise<readonly number[]>(resolve => {
      let heard = ''
      const socket = connect(server.running.port, '127.0.0.1')
      const done = () => {
        socket.destroy()
        resolve([...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)))
      }
      socket.on('data', data => {
        heard += data.toString('latin1')
      })
      socket.on('error', done)
      socket.on('close', done)
      socket.write(Buffer.from(bytes, 'latin1'))
      if (end === 'goodbye') socket.end()
      setTimeout(done, 100)
    })

  it.each(RAW)('%s, goes on, and calls it no bug', async (_, bytes) => {
    for (const end of ['silence', 'goodbye'] as const)
      expect((await statusesOf(bytes, end)).filter(status => status >= 500)).toEqual([])
    expect((await server.ask('/api/bundle')).status).toBe(200)
    expect(server.logged).toEqual([])
  })
})
