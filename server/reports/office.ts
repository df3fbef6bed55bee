/** Files for offices. What writes them is loaded when somebody first asks for one, so that a Worker starts at once. */
import type { FormFacts } from './facts.ts'
import type { Form } from './form.ts'

export const writeDocx = async (form: Form): Promise<Uint8Array> => (await import('./docx.ts')).writeDocx(form)

export const writeXlsx = async (facts: FormFacts): Promise<Uint8Array> => (await import('./xlsx.ts')).writeXlsx(facts)
