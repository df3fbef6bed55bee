/**
 * A PostgreSQL server of the tests' own, from the system's programs: its own folder, a free port of this machine alone,
 * synced as in service. Applications come as the role that docs/operations.md describes, who is nobody special.
 *
 *     const server = await startPostgres()
 *     const databases = await openPostgres(await server.newDatabase())
 *     …
 *     await server.remove()
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'

/** Where the programs are: on the path, or where Debian keeps them, the newest. */
function programs(): string | null {
  const found = spawnSync('sh', ['-c', 'command -v pg_ctl'], { encoding: 'utf8' }).stdout.trim()
  if (found !== '') return join(found, '..')
  const debian = '/usr/lib/postgresql'
  if (!existsSync(debian)) return null
  const versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a))
  return versions.map(version => join(debian, version, 'bin')).find(bin => existsSync(join(bin, 'pg_ctl'))) ?? null
}

/** The server refuses to run as root: then as the user that its package makes. */
function owner(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return { uid: process.getuid!(), gid: process.getgid!() }
  const [uid, gid] = ['-u', '-g'].map(flag => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim())
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null
}

/** Whether a server can be started here. */
export const postgresAvailable = (): boolean => programs() !== null && owner() !== null

export interface PostgresServer {
  readonly port: number
  /** The server's files and, in `log`, everything that it wrote down. */
  readonly folder: string
  readonly log: string
  /** Makes an empty database; its address as the application's role, or as another (`postgres` may do anything). */
  newDatabase(role?: string): Promise<string>
  /** Runs statements one by one as `postgres`, in a database by its address or in none of the applications'. */
  admin<Row extends object>(statements: string | readonly string[], url?: string): Promise<readonly Row[]>
  start(): Promise<void>
  /** Breaks connections, and ends what they were doing. */
  stop(): void
  restart(): Promise<void>
  /** `kill -9` of all its processes. */
  kill(): void
  /** Stops it and deletes its files. */
  remove(): Promise<void>
}

/** Made and started; `settings` are of postgresql.conf. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
  const bin = programs()!
  const who = owner()!
  const top = mkdtempSync(join(tmpdir(), 'phieukin-postgres-'))
  chownSync(top, who.uid, who.gid)
  const [folder, log] = [join(top, 'data'), join(top, 'log')]
  const run = (program: string, ...args: string[]): void =>
    void execFileSync(join(bin, program), args, { ...who, cwd: top, stdio: 'ignore' })
  run('initdb', '-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync')
  const port = await freePort()
  const given = { port: `${port}`, listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
  const flags = Object.entries(given).map(([name, value]) => `-c ${name}='${value}'`)

  const isRunning = () => existsSync(join(folder, 'postmaster.pid'))
  const stop = () => isRunning() && run('pg_ctl', '-D', folder, '-m', 'fast', '-w', 'stop')
  const guard = watch()
  /** Waits until it is told, or this process has ended in whatever way; then there is no server and no file any more. */
  function watch() {
    const text = 'read -r told; "$0/pg_ctl" -D "$1/data" -m immediate -w stop; rm -rf "$1"'
    const stdio = ['pipe', 'ignore', 'ignore'] as const
    const child = spawn('sh', ['-c', text, bin, top], { ...who, cwd: '/', stdio: [...stdio], detached: true })
    child.unref()
    ;(child.stdin as Socket).unref()
    return child
  }
  const address = (role: string, database: string) => `postgres://${role}@127.0.0.1:${port}/${database}`
  let made = 0

  const server: PostgresServer = {
    port,
    folder,
    log,
    async newDatabase(role = 'phieukin') {
      const name = `test_${process.pid}_${made++}`
      await server.admin(`create database ${name} owner ${role}`)
      return address(role, name)
    },
    async admin<Row extends object>(statements: string | readonly string[], url = address('postgres', 'postgres')) {
      const client = new Client(address('postgres', new URL(url).pathname.slice(1)))
      await client.connect()
      try {
        let rows: readonly Row[] = []
        for (const text of [statements].flat()) rows = (await client.query<Row>(text)).rows
        return rows
      } finally {
        await client.end()
      }
    },
    async start() {
      // After `kill` until the last of its processes has seen it.
      for (let attempt = 1; ; attempt++)
        try {
          return run('pg_ctl', '-D', folder, '-l', log, '-o', flags.join(' '), '-w', 'start')
        } catch (error) {
          if (attempt === 20) throw error
          await new Promise(resolve => setTimeout(resolve, 250))
        }
    },
    stop: () => void stop(),
    async restart() {
      stop()
      await server.start()
    },
    kill() {
      const main = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
      const others = readFileSync(`/proc/${main}/task/${main}/children`, 'utf8').trim().split(' ')
      for (const pid of [main, ...others.map(Number)]) tryKill(pid)
    },
    async remove() {
      guard.ref()
      guard.stdin.end()
      await once(guard, 'exit')
    },
  }
  await server.start()
  await server.admin([`create role phieukin login`, `alter role phieukin set log_min_messages = fatal`])
  return server
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}

/** Free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { readonly port: number }
      probe.close(() => resolve(port))
    })
  })
