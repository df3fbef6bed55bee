/**
 * Ballot forms over the wire (`rules/forms.ts`): what shipped with the program, for anybody.
 *
 *     GET  /api/forms                  FormText[]
 *     GET  /api/forms/:id/:version     its very text (application/json)
 */

export interface FormText {
  /** `id/version`, as a draft and a manifest name it. */
  readonly name: string
  /** Hex, of the text's bytes. */
  readonly sha256: string
  readonly text: string
}
