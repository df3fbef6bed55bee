/**
 * The doors of ballot forms: public texts that came with the program, for anybody; the same for everybody, at every
 * time. Whoever has a manifest that names a form (`poll.form`) can lay the form beside it.
 */
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { no } from '../refusals.ts'
import { formName, readForm } from '../rules/forms.ts'
import { packHex } from '../rules/read.ts'
import type { FormText } from '../wire/forms.ts'

const formText = (text: string): FormText => ({ name: formName(readForm(text)), sha256: packHex(text), text })

export function formDoors({ rulebook }: Pick<Deps, 'rulebook'>) {
  const forms = rulebook.ballots.map(formText)
  return new Hono()
    .get('/', c => c.json(forms))
    .get('/:id/:version', c => {
      const { id, version } = c.req.param()
      const form = forms.find(({ name }) => name === `${id}/${version}`) ?? no('not-found')
      return c.body(form.text, 200, { 'content-type': 'application/json; charset=utf-8' })
    })
}
