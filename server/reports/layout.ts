/**
 * Sizes of the three kinds of paper (regulations, section 6.8). What no source showed is a choice, made as offices set
 * their papers, and marked so.
 */
import { VOICE, type Voice } from '../../client/words/reports/paper.ts'
import type { Profile } from '../wire/leader.ts'
import type { Layout } from './form.ts'

const MARGINS = { top: 20, bottom: 20, left: 30, right: 15 }
const PAPER_WIDTH = 210

/** Nghị định 30/2020/NĐ-CP, Phụ lục I: what it leaves open within a range is set the same as the party's papers. */
const STATE: Layout = {
  margins: MARGINS,
  right: [13, 13],
  page: 13,
  // Choices from here on.
  leftWidth: 65,
  rules: { left: 22, right: 56 },
  superior: 12,
  issuer: 12,
  number: 13,
  date: 13,
  title: 14,
  about: 14,
  body: 14,
  line: 18,
  indent: 10,
  table: 12,
  signature: 13,
  recipients: { head: 12, list: 11, style: 'bold-italic' },
}

/** Hướng dẫn 36-HD/VPTW. */
const PARTY_2018: Layout = {
  margins: MARGINS,
  body: 14,
  title: 16,
  // Choices from here on.
  right: [15],
  leftWidth: 75,
  rules: { left: 0, right: 77 },
  line: 18,
  indent: 10,
  superior: 13,
  issuer: 13,
  number: 13,
  date: 13,
  about: 14,
  table: 12,
  signature: 14,
  recipients: { head: 14, list: 12, style: 'underlined' },
  page: 13,
}

/** Hướng dẫn 05-HD/VPTW. */
const PARTY_2026: Layout = { ...PARTY_2018, body: 14, line: 19, indent: 10 }

export const LAYOUTS: Readonly<Record<Profile, Layout>> = {
  state: STATE,
  'party-2018': PARTY_2018,
  'party-2026': PARTY_2026,
}

export const textWidth = ({ margins }: Layout): number => PAPER_WIDTH - margins.left - margins.right

export const voiceOf = (profile: Profile): Voice => (profile === 'state' ? VOICE.state : VOICE.party)

/** "./." until the guidance of 2026. */
export const endMark = (profile: Profile): string => (profile === 'party-2026' ? '.' : './.')
