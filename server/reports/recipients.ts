/** The list of recipients. */
import { PAPER } from '../../client/words/reports/paper.ts'
import type { Profile } from '../wire/leader.ts'
import type { Recipients } from './form.ts'

export function recipientsOf(recipients: readonly string[], profile: Profile): Recipients {
  const all = [...recipients.map(name => name.trim()).filter(name => name !== ''), PAPER.keptHere]
  const between = profile === 'state' ? ';' : ','
  return { recipients: PAPER.recipients, list: all.map((name, i) => `- ${name}${i < all.length - 1 ? between : '.'}`) }
}
