/** `npm start`: the server with its pages. Without configuration: data in ./data, port 8080, the local network. */
import { parseArgs } from 'node:util'
import QRCode from 'qrcode'
import { startServer } from '../node.ts'
import { WORDS } from '../words.ts'
import { explained, readEnvironment } from './settings.ts'
import { languageOf, run, Unusable } from './terminal.ts'

await run(async () => {
  const { lang, 'new-password': newPassword } = readArguments()
  const language = languageOf(lang)
  const words = WORDS[language].start
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const options = { ...readEnvironment(process.env, language), newPassword, log }
  const running = await startServer(options).catch(error => {
    throw explained(error, language)
  })
  const [address] = running.addresses
  const { organiserAddress } = running
  process.stdout.write(`${(organiserAddress === null ? words.redeeming : words.running)(address!)}\n`)
  if (organiserAddress !== null)
    process.stdout.write(`${await QRCode.toString(address!, { type: 'terminal', small: true })}\n`)
  if (running.setupLink) process.stdout.write(`${words.setup}\n\n    ${running.setupLink}\n\n`)
  else if (organiserAddress !== null) process.stdout.write(`${words.organiser}\n\n    ${organiserAddress}/to-chuc\n\n`)
  process.stdout.write(`${words.howToStop}\n`)
  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  process.stdout.write(`${words.stopping}\n`)
  await running.close()
  return 0
})

function readArguments() {
  try {
    return parseArgs({
      options: { lang: { type: 'string' }, 'new-password': { type: 'boolean', default: false } },
    }).values
  } catch {
    throw new Unusable(WORDS.vi.usage.start)
  }
}
