/** A poll's official papers as data. The same facts always give the same form. */
import { no } from '../refusals.ts'
import type { Profile } from '../wire/leader.ts'
import { announcementForm, reportForm } from './announcement.ts'
import { checkMinutes, impossible } from './arithmetic.ts'
import { ballotForm } from './ballot.ts'
import type { FormFacts } from './facts.ts'
import type { FormAnswer, FormId } from './form.ts'
import { minutesForm } from './minutes.ts'

export const PROFILES = ['state', 'party-2018', 'party-2026'] as const satisfies readonly Profile[]

/**
 * The form, or the rules of arithmetic that keep it from being printed. A meeting below its quorum has no minutes of a
 * count, but is reported all the same: the report says why nothing follows.
 *
 * Refuses: `wrong-state`, for everything but the paper ballot before the count.
 */
export function formOf(id: FormId, facts: FormFacts, profile: Profile): FormAnswer {
  if (id === 'ballot') return { form: ballotForm(facts, profile) }
  const count = facts.count ?? no('wrong-state')
  const broken = checkMinutes(facts)
  const unprintable = id === 'minutes' ? broken : impossible(broken)
  if (unprintable.length > 0) return { unprintable }
  switch (id) {
    case 'minutes':
      return { form: minutesForm(facts, count, profile) }
    case 'announcement':
      return { form: announcementForm(facts, count, profile) }
    case 'report':
      return { form: reportForm(facts, count, profile) }
  }
}
