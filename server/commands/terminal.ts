/** What the commands have in common: exit codes, the language, faults as one line, progress on a terminal. */
import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { readUtf8 } from '../../crypto/bytes.ts'
import { attempt, type Fault, faultOf } from '../../crypto/fault.ts'
import { LANGUAGES, type Language, WORDS } from '../words.ts'

/** 0 only on success, 1 on a finding, 2 on unusable input. */
export const EXIT = { success: 0, finding: 1, unusable: 2 } as const

/** Ends a command for reasons that the person can mend. */
export class Unusable extends Error {}

export function languageOf(name: string | undefined): Language {
  const found = LANGUAGES.find(language => language === (name ?? 'vi'))
  if (!found) throw new Unusable(WORDS.vi.unusable.arguments(`--lang ${name}`))
  return found
}

/** Where, what, and what was expected, in one line. */
export function faultLine(language: Language, { code, where, expected, got }: Fault): string {
  const words = WORDS[language]
  const compared = [
    ...(expected === undefined ? [] : [`${words.expected} ${clip(expected)}`]),
    ...(got === undefined ? [] : [`${words.got} ${clip(got)}`]),
  ].join(', ')
  const place = where.replace(/^line (\d+)/, (_, n) => words.line(Number(n)))
  return `${place}: ${words.faults[code]}${compared === '' ? '' : ` (${compared})`}`
}

/**
 * What came from a file, as a terminal may show it: control characters would move the cursor over our own verdict, and
 * marks of direction would turn it around.
 */
export const shown = (said: string): string => said.replaceAll(/(?!\n)[\p{Cc}\p{Bidi_C}]/gu, '\ufffd')

const clip = (said: string): string => (said.length > 90 ? `${said.slice(0, 90)}…` : said)

/** What is read from a text file; a file that cannot be read, or whose text is refused, is unusable. */
export async function readFileWith<T>(file: string, language: Language, read: (text: string) => T): Promise<T> {
  const words = WORDS[language].unusable
  const bytes = await readFile(file).catch(() => {
    throw new Unusable(words.file(file))
  })
  const reject = (fault: Fault): never => {
    throw new Unusable(`${words.unfit(file)}: ${faultLine(language, fault)}`)
  }
  const text = readUtf8(bytes) ?? reject(faultOf('not-utf8', file))
  return attempt(() => read(text), reject) ?? reject(faultOf('not-json', file))
}

const QUIET_MS = 1000
const REFRESH_MS = 200

/** Shows a line that changes in place, on a terminal only, and only once a second has passed. */
export class Progress {
  private readonly began = Date.now()
  private shown = 0

  show(sentence: string): void {
    const now = Date.now()
    if (!process.stderr.isTTY || now - this.began < QUIET_MS || now - this.shown < REFRESH_MS) return
    this.shown = now
    process.stderr.write(`\r\u001b[K${sentence}`)
  }

  done(): void {
    if (this.shown > 0) process.stderr.write('\r\u001b[K')
    this.shown = 0
  }
}

/** True for the file that was started, and not for one that another file imports. */
export const isStarted = (filename: string): boolean =>
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === filename

/** Runs a command: unusable input becomes one line and exit code 2. Anything else that throws is a bug and shows as one. */
export async function run(command: () => Promise<number>): Promise<void> {
  // Whoever reads our output may have seen enough (`… | head`): no reason to complain.
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  })
  try {
    process.exitCode = await command()
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    process.stderr.write(`${shown(error.message)}\n`)
    process.exitCode = EXIT.unusable
  }
}
