/**
 * The rehearsal poll that waits on a fresh machine: the confidence ballot in force, from the draft to what follows from
 * its count. Positions and lettered units only, nobody's name.
 */
import { emptyDraft } from './draft.ts'
import { packHex, readPack } from './rules/read.ts'
import type { Draft } from './wire.ts'

const RULES = 'tin-nhiem-96-QD-TW'

/** `packs`: the texts that came with the program. */
export function sampleDraft(address: string, packs: readonly string[]): Draft {
  const text = packs.find(one => readPack(one).id === RULES)
  if (text === undefined) throw new Error(`no rule pack ${RULES}`)
  const { citation, template, disclosure } = readPack(text)
  return {
    ...emptyDraft(address),
    title: 'Lấy phiếu tín nhiệm đối với người đứng đầu',
    unit: 'Sở A',
    basis: citation.text,
    period: 'Năm 2026',
    subjects: [{ name: '', position: 'Giám đốc Sở A' }],
    template,
    pack: packHex(text),
    convened: 9,
    members: ['Tổ trưởng', 'Tổ viên 1', 'Tổ viên 2'],
    minimumBallots: 3,
    disclosure: disclosure.default,
  }
}
