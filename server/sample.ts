/** The rehearsal poll that waits on a fresh machine. Positions and lettered units only, nobody's name. */
import { emptyDraft } from './draft.ts'
import type { Draft } from './wire.ts'

export const sampleDraft = (address: string): Draft => ({
  ...emptyDraft(address),
  title: 'Lấy phiếu tín nhiệm đối với người đứng đầu',
  unit: 'Sở A',
  basis: 'Quy định số 96-QĐ/TW ngày 02/02/2023',
  period: 'Năm 2026',
  subjects: [{ name: '', position: 'Giám đốc Sở A' }],
  convened: 9,
  members: ['Tổ trưởng', 'Tổ viên 1', 'Tổ viên 2'],
  minimumBallots: 3,
})
