/** Checks 1 to 3: what was fixed before the first card was printed. */
import { compare, equal, shortCode, toBase64url } from '../bytes.ts'
import { attempt } from '../fault.ts'
import { readPoint } from '../group.ts'
import { type Manifest, parseManifest } from '../manifest.ts'
import { rootOf } from '../merkle.ts'
import { isOfManifest } from '../token.ts'
import { checkCeremony } from '../trustees.ts'
import { fail, type Run, reporter } from './run.ts'

// ── 1 manifest, 2 ceremony ──────────────────────────────────────────────────────────────────────────────────────

export async function manifestReads(run: Run): Promise<Manifest | null> {
  run.findings.reach(1)
  const line = await run.record.take('manifest')
  if (line === null) {
    fail(run, 1, 'line-missing', 'manifest')
    return null
  }
  const manifest = attempt(() => parseManifest(line.text), reporter(run, 1))
  const { asked } = run.options
  if (manifest && asked !== undefined && !isOfManifest(asked, manifest.hash))
    fail(run, 1, 'wrong-manifest', 'manifest', codeOf(asked), shortCode(manifest.hash))
  return run.findings.failed(1) ? null : manifest
}

const codeOf = (asked: Uint8Array | string): string => (typeof asked === 'string' ? asked : shortCode(asked))

export function ceremonyFollows(run: Run, manifest: Manifest): void {
  run.findings.reach(2)
  const fault = checkCeremony(manifest)
  if (fault) run.findings.add(2, run.record.number, fault)
}

// ── 3 token lists ───────────────────────────────────────────────────────────────────────────────────────────────

/** The index of the group of every listed token, by its base64url. */
export type Tokens = ReadonlyMap<string, number>

export async function tokenListsMatch(run: Run, manifest: Manifest): Promise<Tokens> {
  run.findings.reach(3)
  const tokens = new Map<string, number>()
  for (const [g, group] of manifest.groups.entries()) {
    const line = await run.record.take('tokens')
    const where = `tokens of group ${group.id}`
    if (line === null) {
      fail(run, 3, 'line-missing', where)
      continue
    }
    if (line.group !== group.id) fail(run, 3, 'wrong-value', where, group.id, line.group.slice(0, 40))
    if (line.keys.length !== group.tokens) fail(run, 3, 'wrong-count', where, group.tokens, line.keys.length)
    let before = new Uint8Array() as Uint8Array
    for (const [i, key] of line.keys.entries()) {
      attempt(() => readPoint(key, `${where}, key ${i + 1}`), reporter(run, 3))
      if (compare(before, key) >= 0) fail(run, 3, 'not-ascending', `${where}, key ${i + 1}`)
      if (tokens.has(toBase64url(key))) fail(run, 3, 'duplicate', `${where}, key ${i + 1}`)
      tokens.set(toBase64url(key), g)
      before = key
    }
    const root = rootOf(line.keys)
    if (!equal(root, group.tokenRoot))
      fail(run, 3, 'wrong-root', where, toBase64url(group.tokenRoot), toBase64url(root))
  }
  for (let line = await run.record.take('tokens'); line; line = await run.record.take('tokens'))
    fail(run, 3, 'unknown-group', 'tokens', undefined, line.group.slice(0, 40))
  return tokens
}
