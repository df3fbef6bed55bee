/**
 * `npm test`: style, types of every room, unused code, then every test; nothing is skipped in silence. Ends with one
 * line, `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgresAvailable } from './postgres.ts'
import { haveTools } from './tools.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules', '.bin', name)

function run(name: string, command: string, args: readonly string[]): boolean {
  process.stdout.write(`\n▸ ${name}\n`)
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0
}

const steps: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['style', bin('biome'), ['check', '--error-on-warnings', '.']],
  ...['crypto', 'server', 'client', 'test'].map(room => [`types of ${room}`, bin('tsc'), ['-p', room]] as const),
  ['unused code', bin('knip'), []],
]
process.stdout.write('\n▸ browser and its readers\n')
const results = [haveTools()]
results.push(...steps.map(([name, command, args]) => run(name, command, args)))

const reports = mkdtempSync(join(tmpdir(), 'phieukin-'))
const outputFile = join(reports, 'vitest.json')
const args = ['run', '--config', 'test/vitest.config.ts', '--root', '.', '--reporter=default', '--reporter=json']
results.push(run('tests', bin('vitest'), [...args, `--outputFile.json=${outputFile}`]))
const tests = readReport()
rmSync(reports, { recursive: true })

const passed = results.filter(ok => ok).length + tests.passed
const failed = results.filter(ok => !ok).length + tests.failed
if (tests.leftOut.length > 0)
  process.stdout.write(`\n⚠ ${tests.leftOut.length} tests were LEFT OUT:\n${[...new Set(tests.leftOut)].join('\n')}\n`)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1

/** The report of vitest, as far as it is read here. */
interface Report {
  readonly numPassedTests: number
  readonly numTotalTests: number
  readonly testResults: readonly {
    /** Of the file. */
    readonly name: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

const NO_POSTGRES =
  'All of PostgreSQL: none is installed here, nor could it be. On Debian: sudo apt-get install postgresql'

/**
 * A run without a report, without tests, or with tests left out is a failure of its own. Only those of PostgreSQL are left
 * out where there is none, and what an engine cannot be asked, which says so in its name: loudly and counted.
 */
function readReport(): { readonly passed: number; readonly failed: number; readonly leftOut: readonly string[] } {
  try {
    const { numPassedTests, numTotalTests, testResults } = JSON.parse(readFileSync(outputFile, 'utf8')) as Report
    const isPostgres = (file: string) => !postgresAvailable() && /postgres[^/]*\.test\.ts$/.test(file)
    const leftOut = testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'skipped' || status === 'pending')
        .flatMap(({ fullName }) =>
          isPostgres(name) ? [NO_POSTGRES] : / \(not to be tried: .+\)$/.test(fullName) ? [fullName] : [],
        ),
    )
    const failed = numTotalTests - numPassedTests - leftOut.length
    return { passed: numPassedTests, failed: failed + (numTotalTests === 0 ? 1 : 0), leftOut }
  } catch {
    return { passed: 0, failed: 1, leftOut: [] }
  }
}
