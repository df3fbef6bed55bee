/** The form that a draft is filled from: which ones fit, what is copied, whether it was changed since. Pure. */
import { attempt } from '../../crypto/fault.ts'
import { type BallotForm, fitsPack, formName, readForm } from '../../server/rules/forms.ts'
import type { Pack } from '../../server/rules/pack.ts'
import type { FormText } from '../../server/wire/forms.ts'
import type { Draft } from '../../server/wire.ts'
import { firstGroups, withGroups } from './groups.ts'

/** What cannot be read is passed over: an older page may meet a newer server. */
export const formsOf = (texts: readonly FormText[]): readonly BallotForm[] =>
  texts.flatMap(({ text }) => attempt(() => readForm(text)) ?? [])

/** Those that may be filled in: of a survey its own, under a rule pack those of its ballot, and otherwise all others. */
export const fitting = (
  { template }: Pick<Draft, 'template'>,
  forms: readonly BallotForm[],
  pack: Pick<Pack, 'options' | 'template'> | null,
): readonly BallotForm[] =>
  forms.filter(form => {
    if ((form.template === 'survey') !== (template === 'survey')) return false
    return pack === null || fitsPack(form, pack)
  })

export const formOf = ({ from }: Pick<Draft, 'from'>, forms: readonly BallotForm[]): BallotForm | null =>
  forms.find(form => formName(form) === from) ?? null

/** What a draft takes from a form. On paper nobody is in groups. */
export const withForm = (draft: Draft, form: BallotForm): Partial<Draft> => ({
  from: formName(form),
  template: form.template,
  questions: form.questions,
  prompts: form.prompts,
  ...(draft.medium === 'paper' ? {} : inGroups(draft, form.groups)),
})

/** A group that has the same name already keeps its people; everybody else stays convened together. */
function inGroups({ groups, convened }: Draft, labels: readonly string[]): Partial<Draft> {
  if (labels.length === 0) return { groups: [] }
  if (groups.length === 0) return firstGroups({ convened }, labels)
  return withGroups(
    labels.map(label => groups.find(group => group.label === label) ?? { label, convened: 0, weight: null }),
  )
}

/** What a draft keeps where its form is for another kind of ballot: what somebody wrote, and nothing that was copied. */
export function withoutForm(draft: Draft, forms: readonly BallotForm[]): Partial<Draft> {
  const form = formOf(draft, forms)
  if (form === null || isEdited(draft, form)) return { from: '' }
  const peopled = draft.groups.filter(({ convened }) => convened > 0)
  const copied = peopled.length < 2 && draft.groups.every(({ label }) => form.groups.includes(label))
  return { from: '', questions: [], prompts: [], ...(copied ? { groups: [] } : {}) }
}

/** The ballot asks something else than the form does. Who is asked, and in which groups, is the draft's alone. */
export const isEdited = (draft: Draft, form: BallotForm): boolean =>
  askedBy(draft, draft.medium) !== askedBy(form, draft.medium)

/** On paper nothing is asked for in writing. */
const askedBy = (
  { template, questions, prompts }: Pick<Draft, 'template' | 'questions' | 'prompts'>,
  medium: Draft['medium'],
): string =>
  JSON.stringify([
    template,
    questions.map(({ kind, title, options, max }) => [
      kind,
      title,
      max,
      options.map(({ label, standard, points }) => [label, standard, points]),
    ]),
    medium === 'paper' ? [] : prompts.map(({ title, maxBytes }) => [title, maxBytes]),
  ])

/** Something was written that taking a form would replace, and that no form holds. */
export function wouldLose(draft: Draft, forms: readonly BallotForm[]): boolean {
  const form = formOf(draft, forms)
  return form === null ? draft.questions.length + draft.prompts.length > 0 : isEdited(draft, form)
}
