/**
 * `npm run mutants`: is every guard of the verifier and of the parsers missed when it is gone?
 *
 * A copy of the code is made in which every condition that guards something can be switched off from outside. Then, one
 * guard after the other: off, and every record of the mutation table (test/mutations) in which the guard had fired is
 * verified again. A guard that no record misses goes on to the test files of its room. What still survives is listed.
 *
 * A run of its own kind rather than a library's: one copy for all guards, and of several hundred records only those that
 * reach the guard, make the difference between minutes and days.
 */
import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Node, parse } from 'acorn'
import { isStarted } from '../server/commands/terminal.ts'

const root = join(import.meta.dirname, '..')
/** Rooms without guards against anything from outside: they only make things. */
const UNGUARDED = ['transcript.ts', 'elgamal.ts', 'multiscalar.ts', 'box.ts']
/** Tests that reach a room besides those of its own name. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  'bytes.ts': ['bytes', 'json', 'token'],
  'fault.ts': ['record', 'json', 'properties'],
  'json.ts': ['json', 'commands'],
  'reader.ts': ['ballot', 'blind', 'comment', 'properties'],
  'group.ts': ['record', 'known-answers', 'ballot'],
  'batch.ts': ['multiscalar'],
  'signature.ts': ['multiscalar', 'known-answers', 'blind'],
  'proof.ts': ['record', 'ballot', 'comment', 'tally'],
  'merkle.ts': ['merkle', 'known-answers'],
  'manifest.ts': ['commands', 'ballot', 'trustees'],
  'share.ts': ['tally', 'comment'],
  'closing.ts': ['counted', 'trustees'],
  'receipt.ts': ['election', 'ballot'],
  'record.ts': ['properties'],
  'tally.ts': ['tally', 'trustees'],
  'credential.ts': ['blind'],
  'act.ts': ['doors'],
  'device.ts': ['trustee-page', 'trustees', 'tally'],
  'memory.ts': ['trustee-page'],
  'rehearsal.ts': ['trustee-page', 'organiser-page'],
  'sheet.ts': ['trustee-page', 'trustee-desk'],
  'opening.ts': ['trustee-page', 'tally', 'opening'],
  'stop.ts': ['trustee-page', 'trustees'],
}
const PATIENCE_MS = 60_000

export interface Guard {
  readonly id: number
  readonly file: string
  readonly line: number
  readonly source: string
}

interface Cut {
  readonly start: number
  readonly end: number
  readonly kind: 'condition' | 'fallback'
}

/**
 * Where a guard stands: the condition of every `if` and, where it is made of several by `||`, each of them; the condition
 * before `? … : refuse(…)`; what stands after `??` when it refuses.
 */
function cutsOf(code: string): readonly Cut[] {
  const cuts: Cut[] = []
  const parts = (node: Tree): readonly Tree[] =>
    node.type === 'LogicalExpression' && node.operator === '||' ? [...parts(node.left!), ...parts(node.right!)] : [node]
  const refuses = (node: Tree): boolean => /^(return )?(refuse|mistyped)\(/.test(code.slice(node.start, node.end))
  const visit = (node: Tree): void => {
    if (node.type === 'IfStatement') for (const part of parts(node.test!)) cuts.push({ ...part, kind: 'condition' })
    if (node.type === 'ConditionalExpression' && refuses(node.consequent!))
      cuts.push({ ...node.test!, kind: 'condition' })
    if (node.type === 'ConditionalExpression' && refuses(node.alternate!))
      cuts.push({ ...node.alternate!, kind: 'fallback' })
    if (node.type === 'LogicalExpression' && node.operator === '??' && refuses(node.right!))
      cuts.push({ ...node.right!, kind: 'fallback' })
    for (const child of Object.values(node)) {
      if (Array.isArray(child)) for (const one of child) if (one?.type) visit(one)
      if (child?.type) visit(child as Tree)
    }
  }
  visit(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }) as Tree)
  return cuts
}
// biome-ignore lint/suspicious/noExplicitAny: a syntax tree is walked here without regard to its kinds
type Tree = Node & { [field: string]: any; test?: Tree; left?: Tree; right?: Tree; consequent?: Tree; alternate?: Tree }

/** Puts a switch into every guard of a file. Stripped code has every character at its place in the source. */
function instrument(source: string, file: string, guards: Guard[]): string {
  const edits = cutsOf(stripTypeScriptTypes(source)).flatMap(({ start, end, kind }) => {
    const id = guards.length
    guards.push({ id, file, line: source.slice(0, start).split('\n').length, source: source.slice(start, end) })
    const open = kind === 'condition' ? `(__on(${id}) && __hit(${id}, ` : `(__on(${id}) ? (__hit(${id}, true), `
    const close = kind === 'condition' ? '))' : ') : undefined)'
    // Guards may stand inside guards: at one place inner ones close first and outer ones open first.
    return [
      { at: start, text: open, rank: 1, size: start - end },
      { at: end, text: close, rank: 0, size: end - start },
    ]
  })
  edits.sort((a, b) => a.at - b.at || a.rank - b.rank || a.size - b.size)
  let text = SWITCHES
  let done = 0
  for (const { at, text: put } of edits) {
    text += source.slice(done, at) + put
    done = at
  }
  return text + source.slice(done)
}
const SWITCHES =
  'const __on = id => (globalThis.__off ??= Number(globalThis.process?.env.PHIEUKIN_OFF ?? -1)) !== id; ' +
  'const __hit = (id, value) => { if (value) globalThis.__fired?.add(id); return value }\n'

function makeCopy(): { readonly copy: string; readonly guards: readonly Guard[] } {
  const copy = mkdtempSync(join(tmpdir(), 'phieukin-mutants-'))
  for (const name of ['crypto', 'server', 'client', 'test', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const guards: Guard[] = []
  const files = readdirSync(join(copy, 'crypto'), { recursive: true, encoding: 'utf8' })
  for (const file of files.filter(name => name.endsWith('.ts') && !UNGUARDED.includes(name)).sort()) {
    const at = join(copy, 'crypto', file)
    writeFileSync(at, instrument(readFileSync(at, 'utf8'), file, guards))
  }
  return { copy, guards }
}

// ── the records, in a process of their own that may hang or break ───────────────────────────────────────────────

/** Runs inside the copy. Says for each guard asked whether some record misses it. */
async function judge(): Promise<void> {
  const { rows, verdictOf } = await import('./mutations/all.ts')
  const world = globalThis as { __off?: number; __fired?: Set<number> }
  const cache = 'records.json'
  world.__off = -1
  if (!existsSync(cache)) writeFileSync(cache, JSON.stringify(rows.map(row => row.record())))
  const records: readonly string[] = JSON.parse(readFileSync(cache, 'utf8'))
  const honest: string[] = []
  const fired: Set<number>[] = []
  for (const [i, row] of rows.entries()) {
    world.__fired = new Set()
    honest.push(await verdictOf(records[i]!, row))
    fired.push(world.__fired)
    if (i % 20 === 0) process.send!({ alive: i })
  }
  world.__fired = new Set()
  process.on('message', async (id: number) => {
    world.__off = id
    let missed = false
    for (let i = 0; i < rows.length && !missed; i++)
      if (fired[i]!.has(id)) missed = (await verdictOf(records[i]!, rows[i]!).catch(String)) !== honest[i]
    world.__off = -1
    process.send!({ id, missed })
  })
  process.send!({ ready: true })
}

/** Guards that no record misses. One that makes the process hang or break is missed. */
async function survivorsOfRecords(copy: string, guards: readonly Guard[]): Promise<readonly Guard[]> {
  const survivors: Guard[] = []
  let child: ChildProcess | null = null
  let ready = false
  for (let next = 0; next < guards.length; next++) {
    const guard = guards[next]!
    child ??= fork(join(copy, 'test', 'mutants.ts'), ['judge'], { cwd: copy })
    const missed = await new Promise<boolean>(resolve => {
      const running = child!
      const ask = () => running.send(guard.id)
      let timer: NodeJS.Timeout
      const patient = () => {
        clearTimeout(timer)
        timer = setTimeout(() => running.kill('SIGKILL'), PATIENCE_MS)
      }
      patient()
      running.removeAllListeners('message').removeAllListeners('exit')
      running.on('message', (said: { ready?: true; alive?: number; missed?: boolean }) => {
        patient()
        if (said.ready) {
          ready = true
          ask()
        }
        if (said.missed !== undefined) {
          clearTimeout(timer)
          resolve(said.missed)
        }
      })
      running.on('exit', () => {
        clearTimeout(timer)
        if (!ready) throw new Error('the records cannot be made')
        child = null
        ready = false
        resolve(true)
      })
      if (ready) ask()
    })
    if (!missed) survivors.push(guard)
    process.stderr.write(`\rrecords: ${next + 1} of ${guards.length}, ${survivors.length} go on to the tests `)
  }
  child?.removeAllListeners('exit')
  child?.kill()
  process.stderr.write('\n')
  return survivors
}

// ── the tests of the room ───────────────────────────────────────────────────────────────────────────────────────

function isMissedByTests(copy: string, { id, file }: Guard): boolean {
  const name = file.replace('.ts', '')
  const tests = [...new Set([name, ...(TESTS[file] ?? [])])].map(test => `test/${test}.test.ts`)
  const there = tests.filter(test => existsSync(join(copy, test)))
  if (there.length === 0) return false
  const args = ['run', '--config', 'test/vitest.config.ts', '--root', '.', '--bail', '1', ...there]
  const { status } = spawnSync(join(copy, 'node_modules', '.bin', 'vitest'), args, {
    cwd: copy,
    env: { ...process.env, PHIEUKIN_OFF: String(id) },
    timeout: 10 * PATIENCE_MS,
  })
  return status !== 0
}

if (process.argv[2] === 'judge') await judge()
else if (isStarted(import.meta.filename)) {
  const { copy, guards: all } = makeCopy()
  // Rooms may be named (`npm run mutants -- json.ts verify/run.ts`); none means all.
  const rooms = process.argv.slice(2)
  const guards = all.filter(({ file }) => rooms.length === 0 || rooms.includes(file))
  const open = await survivorsOfRecords(copy, guards)
  const survivors = open.filter((guard, i) => {
    process.stderr.write(`\rtests: ${i + 1} of ${open.length} `)
    return !isMissedByTests(copy, guard)
  })
  process.stderr.write('\n')
  rmSync(copy, { recursive: true })
  for (const { file, line, source } of survivors)
    process.stdout.write(`crypto/${file}:${line}  ${source.replaceAll(/\s+/g, ' ')}\n`)
  process.stdout.write(`${guards.length - survivors.length} of ${guards.length} guards are missed when they are gone\n`)
}
