/**
 * What the start file of a bundle runs (`npm run bundle`): the command that is named first, `start` where none is. The
 * commands are the scripts of the bundle's own package.json. Data lie beside the start file, wherever it is called from.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BUNDLE } from '../words/bundle.ts'
import { EXIT } from './terminal.ts'

const app = join(import.meta.dirname, '..', '..')
const { scripts } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as { readonly scripts: object }
const commands = Object.keys(scripts)

const first = process.argv[2]
const isNamed = first !== undefined && !first.startsWith('-')
const command = isNamed ? first : 'start'
if (commands.includes(command)) {
  const file = join(import.meta.dirname, `${command}.ts`)
  process.env.DATA ??= join(app, '..', 'data')
  // As if it had been started itself: its arguments begin after its name.
  process.argv.splice(1, isNamed ? 2 : 1, file)
  await import(pathToFileURL(file).href)
} else {
  process.stderr.write(`${BUNDLE.vi.usageInside(commands)}\n`)
  process.exitCode = EXIT.unusable
}
