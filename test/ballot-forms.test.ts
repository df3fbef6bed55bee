/** The shipped forms of ballots, their reader, their door, and how a draft is filled from one. */
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fitting, formOf, formsOf, isEdited, withForm, withoutForm, wouldLose } from '../client/organiser/forms.ts'
import { gapsOf, sizeOf } from '../client/organiser/gaps.ts'
import {
  gradesOf,
  inFormGrades,
  inGrades,
  moved,
  newQuestion,
  parsePoints,
  pointsFaultOf,
  topPoints,
  writePoints,
} from '../client/organiser/questions.ts'
import { subjectsIn, withPasted, withReference } from '../client/organiser/subjects.ts'
import { BALLOT, SCALES } from '../client/words/organiser/ballot.ts'
import { parseJson } from '../crypto/json.ts'
import { checkDraft, readDraft } from '../server/draft.ts'
import { readBallotForms } from '../server/rulebook.ts'
import { contestsOf, type Question } from '../server/rules/contests.ts'
import { type BallotForm, formName, ORGANISATIONS, readForm } from '../server/rules/forms.ts'
import { packHex } from '../server/rules/read.ts'
import type { FormText } from '../server/wire/forms.ts'
import type { Draft } from '../server/wire.ts'
import { criteriaOf, draftFor, firstOrganiser, type Office, openOffice, said } from './office.ts'
import { PACKS, packOf, refusalOf } from './rounds.ts'

const TEXTS = readBallotForms()
const FORMS = TEXTS.map(readForm)
const named = (id: string): BallotForm => FORMS.find(form => form.id === id)!
const OWN: Draft = draftFor({ convened: 40 })
const AROUND = { rehearsal: false, tried: true, addresses: [OWN.address] }

/** A draft filled from a form, with people in its groups. */
function filled(form: BallotForm): Draft {
  const draft = { ...OWN, ...withForm(OWN, form), ...(form.template === 'survey' ? { subjects: [] } : {}) }
  const groups = draft.groups.map(group => ({ ...group, convened: 10 }))
  return { ...draft, groups, convened: groups.length === 0 ? 40 : groups.length * 10 }
}

describe('every shipped form', () => {
  it('reads, and stands in a file of its name', () => {
    const files = readdirSync(`${import.meta.dirname}/../server/forms`).filter(name => name.endsWith('.json'))
    expect(files.sort()).toEqual(FORMS.map(({ id }) => `${id}.json`).sort())
    expect(FORMS.length).toBeGreaterThanOrEqual(8)
  })

  it('has a name that no other has', () => {
    expect(new Set(FORMS.map(formName)).size).toBe(FORMS.length)
  })

  it('are the very bytes that were frozen: what changes gets a new version', () => {
    const sums = readFileSync(`${import.meta.dirname}/../server/forms/SHA256SUMS`, 'utf8')
    const frozen = sums.trim().split('\n')
    expect(frozen.sort()).toEqual(TEXTS.map((text, i) => `${packHex(text)}  ${FORMS[i]!.id}.json`).sort())
  })

  it('is there for every type of organisation, and twice for a survey of staff', () => {
    for (const organisation of ORGANISATIONS)
      expect([organisation, FORMS.filter(form => form.organisation === organisation).length > 0]).toEqual([
        organisation,
        true,
      ])
    expect(FORMS.filter(({ template }) => template === 'survey')).toHaveLength(2)
  })

  it.each(FORMS.map(form => [form.id, form] as const))('%s makes a draft that may be sealed', (_, form) => {
    const draft = filled(form)
    expect(gapsOf(draft, AROUND)).toEqual([])
    expect(() => checkDraft(readDraft(parseJson(JSON.stringify(draft), 'draft')), false)).not.toThrow()
    expect(sizeOf(draft, null)!.lines).toBe(contestsOf(draft, null).length)
    expect(isEdited(draft, form)).toBe(false)
  })

  it('states where it was seen or that nobody saw it, and names no article that no source showed', () => {
    for (const text of TEXTS) {
      expect(text.normalize('NFC').toLowerCase()).not.toMatch(/bị (miễn nhiệm|bãi nhiệm|cách chức)/)
      expect(text).not.toMatch(/"article": "/)
      expect(text).not.toMatch(/(khoản|điểm) [0-9a-z]+ [Đđ]iều|Điều \d/)
    }
    for (const { basis, notes, pointsBasis } of FORMS)
      for (const one of [basis, ...(pointsBasis ? [pointsBasis] : []), ...notes.map(note => note.basis)])
        expect('source' in one ? one.source : one.unsourced).toMatch('source' in one ? /^https?:\/\// : /.{20,}/)
  })

  it('with 30 + 70 points comes to a hundred, 30 of them on the three common criteria', () => {
    const scored = FORMS.filter(({ id }) => id.endsWith('30-70'))
    expect(scored).toHaveLength(2)
    for (const { questions, reference, notes } of scored) {
      expect(topPoints(questions)).toBe(100_00)
      expect(topPoints(questions.slice(0, 3))).toBe(30_00)
      expect(reference).not.toBeNull()
      expect(notes.some(({ text, basis }) => text.includes('30 điểm') && 'source' in basis)).toBe(true)
      for (const question of questions) expect(pointsFaultOf(question)).toBeNull()
    }
  })

  it('scores alike a ballot of one grade throughout and the level of quality that its points stand for', () => {
    const { questions } = named('giam-doc-so-30-70')
    const total = (grade: number) => questions.reduce((sum, { options }) => sum + options[grade]!.points!, 0)
    expect([0, 1, 2, 3].map(total)).toEqual([100_00, 85_00, 65_00, 40_00])
  })
})

// ── the reader ──────────────────────────────────────────────────────────────────────────────────────────────────

describe('a form that does not fit is refused at its line:', () => {
  const text = TEXTS[FORMS.indexOf(named('tin-nhiem-nam-tieu-chi'))]!
  type Loose = Record<string, unknown> & { questions: (Question & Record<string, unknown>)[] }
  const broken = (change: (form: Loose) => void): string | null => {
    const form = JSON.parse(text) as Loose
    change(form)
    return refusalOf(() => readForm(JSON.stringify(form, null, 2)))
  }
  const grade = (label: string, points: number | null) => ({ label, standard: '', points })
  const rows: readonly (readonly [string, (form: Loose) => void, RegExp])[] = [
    ['a field that nobody knows', form => Object.assign(form, { weight: 1 }), /^unknown-field at line \d+, weight/],
    ['another format', form => Object.assign(form, { format: 'x' }), /^wrong-value at line 2, format/],
    ['no basis', form => delete form.basis, /^missing-field at line 1, basis/],
    [
      'points without a basis',
      f => Object.assign(f.questions[0]!, { options: [grade('A', 2), grade('B', 1)] }),
      /pointsBasis/,
    ],
    ['a basis of no groups', f => Object.assign(f, { groupsBasis: f.basis }), /^wrong-value at line \d+, groupsBasis/],
    ['one group', f => Object.assign(f, { groups: ['A'], groupsBasis: f.basis }), /^wrong-length at line \d+, groups/],
    [
      'a question twice',
      f => Object.assign(f.questions[1]!, { title: f.questions[0]!.title }),
      /^duplicate at line \d+, questions\[1\]\.title/,
    ],
    [
      'one grade',
      f => Object.assign(f.questions[0]!, { options: [grade('A', null)] }),
      /^wrong-length at line \d+, questions\[0\]\.options/,
    ],
    [
      'eleven grades',
      f => Object.assign(f.questions[0]!, { options: [...'ABCDEFGHIJK'].map(l => grade(l, null)) }),
      /2…10/,
    ],
    [
      'a grade twice',
      f => Object.assign(f.questions[0]!, { options: [grade('Hoà', null), grade('hòa', null)] }),
      /^duplicate at line \d+, questions\[0\]\.options\[1\]\.label/,
    ],
    [
      'grades half scored',
      f =>
        Object.assign(f, { pointsBasis: f.basis }) &&
        Object.assign(f.questions[0]!, { options: [grade('A', 2), grade('B', null)] }),
      /^wrong-value at line \d+, questions\[0\]\.options\[1\]\.points/,
    ],
    [
      'points that do not descend',
      f =>
        Object.assign(f, { pointsBasis: f.basis }) &&
        Object.assign(f.questions[0]!, { options: [grade('A', 2), grade('B', 2)] }),
      /^wrong-value at line \d+, questions\[0\]\.options\[1\]\.points: < 2/,
    ],
    [
      'a choice of more than there is',
      f => Object.assign(f.questions[0]!, { kind: 'choice', options: [grade('A', null), grade('B', null)], max: 3 }),
      /^out-of-range at line \d+, questions\[0\]\.max/,
    ],
    [
      'options of a yes/no question',
      f => Object.assign(f.questions[0]!, { kind: 'yes-no', options: [grade('A', null), grade('B', null)] }),
      /^wrong-length at line \d+, questions\[0\]\.options/,
    ],
    [
      'a survey of an organisation',
      f => Object.assign(f, { template: 'survey' }),
      /^wrong-value at line \d+, organisation/,
    ],
    [
      'criteria without any',
      f => Object.assign(f, { template: 'criteria', questions: [] }),
      /^wrong-length at line \d+, questions/,
    ],
    [
      'an empty line',
      f => Object.assign(f.questions[0]!, { title: ' ' }),
      /^wrong-length at line \d+, questions\[0\]\.title/,
    ],
    ['what no draft has room for', f => Object.assign(f.questions[0]!, { title: 'a'.repeat(501) }), /1…500/],
    [
      'a ballot that is too long',
      f =>
        Object.assign(f, {
          questions: Array.from({ length: 60 }, (_, q) => ({
            kind: 'choice',
            title: `${q}`,
            max: 1,
            options: Array.from({ length: 60 }, (_, o) => grade(`${o}`, null)),
          })),
        }),
      /^too-large/,
    ],
  ]
  it.each(rows)('%s', (_, change, refusal) => expect(broken(change)).toMatch(refusal))

  it('and what was not changed reads', () => expect(broken(() => {})).toBeNull())
})

// ── filling a draft ─────────────────────────────────────────────────────────────────────────────────────────────

describe('a draft and its form', () => {
  const form = named('giam-doc-so-30-70')
  const draft: Draft = { ...OWN, ...withForm(OWN, form) }

  it('copies questions, prompts and the form’s name; everybody convened is in the last of its groups for now', () => {
    expect(draft).toMatchObject({ from: 'giam-doc-so-30-70/1', template: 'quality', questions: form.questions })
    expect(draft.groups).toEqual(form.groups.map((label, g) => ({ label, convened: g === 2 ? 40 : 0, weight: null })))
    expect(withForm({ ...OWN, convened: 0 }, form).groups!.map(({ convened }) => convened)).toEqual([0, 0, 0])
    expect(withForm({ ...OWN, medium: 'paper' }, form)).not.toHaveProperty('groups')
    expect(formOf(draft, FORMS)).toBe(form)
    expect(formOf({ from: 'giam-doc-so-30-70/2' }, FORMS)).toBeNull()
  })

  it('keeps the people of a group that it knows already', () => {
    const label = form.groups[1]!
    const before = { ...OWN, groups: [{ label, convened: 12, weight: 2 }] }
    expect(withForm(before, form)).toMatchObject({ convened: 12 })
    expect(withForm(before, form).groups![1]).toEqual({ label, convened: 12, weight: 2 })
  })

  it('knows whether it asks something else by now, whoever is asked', () => {
    const [first, ...others] = draft.questions
    expect(isEdited(draft, form)).toBe(false)
    expect(isEdited({ ...draft, groups: [], title: 'Khác' }, form)).toBe(false)
    expect(isEdited({ ...draft, questions: others }, form)).toBe(true)
    expect(isEdited({ ...draft, questions: [{ ...first!, title: 'Khác' }, ...others] }, form)).toBe(true)
    expect(isEdited({ ...draft, prompts: [] }, form)).toBe(true)
    expect(isEdited({ ...draft, prompts: [], medium: 'paper' }, form)).toBe(false)
  })

  it('warns before something is replaced that no form holds', () => {
    expect(wouldLose(OWN, FORMS)).toBe(false)
    expect(wouldLose(draft, FORMS)).toBe(false)
    expect(wouldLose({ ...draft, prompts: [] }, FORMS)).toBe(true)
    expect(wouldLose({ ...OWN, questions: criteriaOf('Một') }, FORMS)).toBe(true)
  })

  it('lets go of what was copied where another kind of ballot is chosen, and of nothing that was written', () => {
    expect(withoutForm(draft, FORMS)).toEqual({ from: '', questions: [], prompts: [], groups: [] })
    const peopled = draft.groups.map(group => ({ ...group, convened: 9 }))
    expect(withoutForm({ ...draft, groups: peopled }, FORMS)).not.toHaveProperty('groups')
    const renamed = draft.groups.map((group, g) => (g === 0 ? { ...group, label: 'Khác' } : group))
    expect(withoutForm({ ...draft, groups: renamed }, FORMS)).not.toHaveProperty('groups')
    expect(withoutForm({ ...draft, prompts: [] }, FORMS)).toEqual({ from: '' })
  })

  it('is offered what fits: a survey its own, a rule pack the forms of its ballot', () => {
    const ids = (template: Draft['template'], pack: string | null) =>
      fitting({ template }, FORMS, pack === null ? null : packOf(pack)).map(({ id }) => id)
    expect(ids('survey', null)).toEqual(['khao-sat-moi-truong-dan-chu', 'khao-sat-sau-sap-xep'])
    expect(ids('confidence', null)).toHaveLength(FORMS.length - 2)
    expect(ids('confidence', 'tin-nhiem-96-QD-TW')).toEqual(['tin-nhiem-kem-gop-y', 'tin-nhiem-nam-tieu-chi'])
    expect(ids('criteria', 'phieu-danh-gia-tieu-chi')).toEqual(['bi-thu-cap-uy', 'thu-truong-don-vi-su-nghiep'])
    expect(ids('quality', 'xep-loai-4-muc')).toContain('giam-doc-so-30-70')
    expect(ids('free', 'bo-nhiem-138-2020')).toEqual([])
    for (const pack of PACKS.filter(({ template }) => template !== 'free'))
      expect([pack.id, fitting(pack, FORMS, pack).length > 0]).toEqual([pack.id, true])
  })

  it('passes over a text that an older page cannot read', () => {
    const [text] = TEXTS
    const later = text!.replace('phieukin/form/v1', 'phieukin/form/v2')
    expect(formsOf([{ name: 'x/1', sha256: '', text: later }])).toEqual([])
    expect(formsOf([{ name: 'x/1', sha256: '', text: text! }])).toHaveLength(1)
  })
})

// ── questions and subjects as they are written ──────────────────────────────────────────────────────────────────

describe('points', () => {
  it.each([
    ['8,5', 850],
    ['8.5', 850],
    ['8,', 800],
    ['10', 1000],
    ['0,05', 5],
    [' 12,75 ', 1275],
    ['1000', 100_000],
    ['', null],
    ['8,555', undefined],
    ['1000,01', undefined],
    ['-1', undefined],
    ['mười', undefined],
    ['1.000,5', undefined],
  ] as const)('%j is %j hundredths', (typed, points) => expect(parsePoints(typed)).toBe(points))

  it('are written as they are read', () => {
    for (const points of [0, 5, 50, 100, 850, 1275, 100_000])
      for (const comma of [',', '.']) expect(parsePoints(writePoints(points, comma))).toBe(points)
    expect(['850', '1275', '1000', '5'].map(p => writePoints(Number(p), ','))).toEqual(['8,5', '12,75', '10', '0,05'])
    expect(writePoints(null, ',')).toBe('')
  })

  it('come to the sum of the best grades, and to nothing where nothing is scored', () => {
    expect(topPoints(criteriaOf('A', 'B'))).toBeNull()
    const scored = (points: readonly (number | null)[]): Question => ({
      kind: 'graded',
      title: 'A',
      max: 1,
      options: points.map((p, i) => ({ label: `${i}`, standard: '', points: p })),
    })
    expect(topPoints([scored([1000, 850]), scored([500, null]), ...criteriaOf('C')])).toBe(1500)
    expect(topPoints([{ ...scored([1000]), kind: 'choice' }])).toBeNull()
  })
})

describe('a question', () => {
  const scored = named('giam-doc-so-30-70').questions[0]!

  it('is new in the grades and points of the criterion before, standards left open', () => {
    expect(newQuestion('graded', []).options).toEqual([])
    const next = newQuestion('graded', [scored, newQuestion('yes-no', [])])
    expect(next.options.map(({ label, standard, points }) => [label, standard, points])).toEqual([
      ['Xuất sắc', '', 1000],
      ['Tốt', '', 850],
      ['Trung bình', '', 650],
      ['Kém', '', 400],
    ])
    expect(newQuestion('choice', []).options).toHaveLength(2)
  })

  it('changes its scale, and keeps points where the number of grades stays', () => {
    const five = inGrades(scored, SCALES[0]!, null)
    expect(five.options.map(({ points }) => points)).toEqual([null, null, null, null, null])
    const four = inGrades(scored, ['A', 'B', 'C', 'D'], null)
    expect(four.options.map(({ points }) => points)).toEqual([1000, 850, 650, 400])
    expect(inFormGrades(four, null).options).toEqual(scored.options)
    expect(inFormGrades(five, null).options).toEqual([])
    expect(gradesOf(inFormGrades(five, null), null).map(({ label }) => label)).toEqual([
      'Xuất sắc',
      'Tốt',
      'Trung bình',
      'Kém',
    ])
  })

  it('moves one place, and at the ends not at all', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
  })

  it('may be asked in scales whose grades differ', () => {
    for (const scale of SCALES) expect(new Set(scale).size).toBe(scale.length)
    expect(Object.keys(BALLOT.vi.forms.organisations).sort()).toEqual([...ORGANISATIONS].sort())
  })
})

describe('a pasted list', () => {
  it('is a person a line, however it was numbered and set apart', () => {
    expect(
      subjectsIn(
        '1. Người A, Giám đốc Sở A\r\n\n  2) Người B;Giám đốc Sở B\n3\tNgười C\tTrưởng ban, Bí thư chi bộ\n- Giám đốc Sở D\nNgười E,\n, Giám đốc Sở G',
      ),
    ).toEqual([
      { name: 'Người A', position: 'Giám đốc Sở A' },
      { name: 'Người B', position: 'Giám đốc Sở B' },
      { name: 'Người C', position: 'Trưởng ban, Bí thư chi bộ' },
      { name: '', position: 'Giám đốc Sở D' },
      { name: '', position: 'Người E' },
      { name: '', position: 'Giám đốc Sở G' },
    ])
    expect(subjectsIn(' \n\n')).toEqual([])
  })

  it('of 41 lines is 41 people at once, in place of an empty line and after those that are there', () => {
    const lines = Array.from({ length: 41 }, (_, i) => `Người ${i + 1}, Giám đốc Sở ${i + 1}`).join('\n')
    const subjects = withPasted([{ name: '', position: ' ' }], lines)
    expect(subjects).toHaveLength(41)
    expect(subjects[40]).toEqual({ name: 'Người 41', position: 'Giám đốc Sở 41' })
    expect(withPasted([{ name: '', position: 'A' }], lines)).toHaveLength(42)
    expect(withPasted(subjects, lines)).toHaveLength(60)
    expect(gapsOf({ ...OWN, subjects }, AROUND)).toEqual([])
  })

  it('keeps reference columns as long as somebody writes into them', () => {
    const subject = withReference({ name: '', position: 'A' }, 'selfScore', '92')
    expect(subject).toEqual({ name: '', position: 'A', selfScore: '92' })
    expect(withReference(subject, 'selfScore', '')).toEqual({ name: '', position: 'A' })
  })
})

// ── the doors ───────────────────────────────────────────────────────────────────────────────────────────────────

describe('the forms’ door', () => {
  let office: Office
  beforeAll(() => {
    office = openOffice()
  })
  afterAll(() => office.close())

  it('tells anybody the very texts, one by one too', async () => {
    const forms = await said<readonly FormText[]>(await office.ask('/api/forms'))
    expect(forms.map(({ name, sha256, text }) => [name, sha256, text])).toEqual(
      TEXTS.map((text, i) => [formName(FORMS[i]!), packHex(text), text]),
    )
    const one = await office.ask('/api/forms/giam-doc-so-30-70/1')
    expect(one.headers.get('content-type')).toContain('application/json')
    expect(packHex(await one.text())).toBe(forms.find(({ name }) => name === 'giam-doc-so-30-70/1')!.sha256)
    expect(await said(await office.ask('/api/forms/giam-doc-so-30-70/2'))).toBe('not-found')
  })

  it('and the door of drafts: criteria under a pack are in its grades, or the poll is not sealed', async () => {
    const organiser = await firstOrganiser(office)
    const packs = await said<readonly { readonly id: string; readonly sha256: string }[]>(
      await office.ask('/api/packs'),
    )
    const pack = packs.find(({ id }) => id === 'phieu-danh-gia-tieu-chi')!.sha256
    const sealed = async (questions: Draft['questions']) => {
      const { poll } = (await organiser.post('/polls', { rehearsal: false, follows: null })) as { poll: string }
      await organiser.put(`/polls/${poll}/draft`, {
        version: 1,
        draft: { ...OWN, template: 'criteria', pack, questions },
      })
      return organiser.post(`/polls/${poll}/seal`)
    }
    const five = inGrades(criteriaOf('Một')[0]!, SCALES[0]!, null)
    expect(await sealed([five])).toBe('bad-draft')
    expect(await sealed(criteriaOf('Một'))).toBeNull()
    expect(await sealed(named('thu-truong-don-vi-su-nghiep').questions)).toBeNull()
  })
})
