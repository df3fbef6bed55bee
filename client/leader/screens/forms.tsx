/** The forms that can be printed, in the formats there are. */
import type { FormId } from '../../../server/reports/form.ts'
import type { Profile } from '../../../server/wire/leader.ts'
import { dossierAt } from '../../api.ts'
import type { Shown } from './parts.tsx'

export const FORMS = ['minutes', 'announcement', 'report', 'ballot'] as const satisfies readonly FormId[]
const PROFILES = ['state', 'party-2018', 'party-2026'] as const satisfies readonly Profile[]

/** `/van-ban#<poll>/<form>?profile=…` */
export const printAt = (poll: string, form: string, profile: Profile, copy?: number): string =>
  `/van-ban#${poll}/${form}?profile=${profile}${copy === undefined ? '' : `&copy=${copy}`}`

export function ProfileField({ state, words, send }: Shown) {
  const { forms } = words.papers
  return (
    <div class="field narrow">
      <label for="profile">{forms.profile}</label>
      <select
        id="profile"
        value={state.profile}
        onChange={event => send({ type: 'profile', profile: event.currentTarget.value as Profile })}
      >
        {PROFILES.map(profile => (
          <option key={profile} value={profile}>
            {words.print.profiles[profile]}
          </option>
        ))}
      </select>
    </div>
  )
}

export function Forms(shown: Shown) {
  const { state, words } = shown
  const { poll, profile } = state
  const { forms } = words.papers
  return (
    <section class="chapter">
      <h2>{forms.title}</h2>
      <p class="soft small">{forms.note}</p>
      <ProfileField {...shown} />
      <ul class="papers">
        {FORMS.map(form => {
          const name = words.print.forms[form]
          return (
            <li key={form}>
              <span>{name}</span>
              <a href={printAt(poll, form, profile)} aria-label={forms.openOf(name)}>
                {forms.open}
              </a>
              <a
                href={dossierAt(poll, `/forms/${form}/docx?profile=${profile}`)}
                download
                aria-label={forms.docxOf(name)}
              >
                {forms.docx}
              </a>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
