/**
 * What a ballot asks, and of whom: from a draft and its rule pack to the contests and groups of a manifest, and back from
 * a manifest's text to what it says to people. Pure: the organiser's page writes the manifest with it, the server holds
 * the manifest to it, paper rounds have nothing else.
 *
 * The protocol knows contests, options and marks; fields that it ignores tell people what they are about.
 */

/**
 * The form of the ballot. `confidence`, `quality`, `free`: one question about each subject as a whole, and any number of
 * further ones. `criteria`: further questions alone. `survey`: questions about no subject.
 */
export type Template = 'confidence' | 'quality' | 'criteria' | 'free' | 'survey'

/** `standard`: what the grade stands for, `points`: in hundredths of a point; null where nothing is scored. */
interface Grade {
  readonly label: string
  readonly standard: string
  readonly points: number | null
}

/**
 * One further question. `graded`: a criterion in grades, one is marked; without any of its own, the four of the form.
 * `choice`: up to `max` of its options. `yes-no`: its two options are those of every such question.
 */
export interface Question {
  readonly kind: 'graded' | 'choice' | 'yes-no'
  readonly title: string
  readonly options: readonly Grade[]
  readonly max: number
}

/** `selfScore`, `selfLevel`: reference columns of the regulations' form, where it has them. */
export interface BallotSubject {
  readonly name: string
  readonly position: string
  readonly selfScore?: string | undefined
  readonly selfLevel?: string | undefined
}

/** Who votes under one label; the label stands on the card. */
export interface VoterGroup {
  readonly label: string
  readonly convened: number
  /** For a second figure beside the counts; null: none. */
  readonly weight: number | null
}

/** What of a draft says what the ballot asks. */
interface Asked {
  readonly template: Template
  readonly subjects: readonly BallotSubject[]
  /** For `free` without a pack. */
  readonly options: readonly string[]
  readonly max: number
  readonly questions: readonly Question[]
}

interface Option {
  /** `[a-z0-9-]{1,32}`. */
  readonly id: string
  readonly label: string
  readonly standard?: string
  readonly points?: number
}

/** As it stands in the manifest: `Contest` of the protocol, and what it says to people. */
export interface PaperContest {
  readonly id: string
  readonly title: string
  readonly options: readonly Option[]
  readonly min: number
  readonly max: number
  /** Null: about nobody. */
  readonly subject: BallotSubject | null
  /** What is asked of the subject; null: the whole. Of a survey, null. */
  readonly criterion: string | null
  readonly kind: 'main' | Question['kind']
  /** The rule pack speaks of it: its options are the pack's. */
  readonly ruled: boolean
}

/** The words of the regulations' forms; they stand in the manifest and are the same in every language. */
export const GRADES: readonly Option[] = [
  { id: 'xuat-sac', label: 'Xuất sắc' },
  { id: 'tot', label: 'Tốt' },
  { id: 'trung-binh', label: 'Trung bình' },
  { id: 'kem', label: 'Kém' },
]

const MAIN: Readonly<Record<'confidence' | 'quality', readonly Option[]>> = {
  confidence: [
    { id: 'cao', label: 'Tín nhiệm cao' },
    { id: 'tin-nhiem', label: 'Tín nhiệm' },
    { id: 'thap', label: 'Tín nhiệm thấp' },
  ],
  quality: [
    { id: 'xuat-sac', label: 'Hoàn thành xuất sắc nhiệm vụ' },
    { id: 'tot', label: 'Hoàn thành tốt nhiệm vụ' },
    { id: 'hoan-thanh', label: 'Hoàn thành nhiệm vụ' },
    { id: 'khong', label: 'Không hoàn thành nhiệm vụ' },
  ],
}

const YES_NO: readonly Option[] = [
  { id: 'co', label: 'Có' },
  { id: 'khong', label: 'Không' },
]

/** What is asked of a subject as a whole; null where there is no such question. A pack brings its own options. */
function mainOptions({ template, options }: Asked, pack: Pack | null): readonly Option[] | null {
  if (template === 'criteria' || template === 'survey') return null
  if (pack !== null) return pack.options
  return template === 'free' ? options.map((label, i) => ({ id: `o${i + 1}`, label })) : MAIN[template]
}

type Pack = { readonly options: readonly { readonly id: string; readonly label: string }[] }

const optionWith = ({ id, label }: Option, grade: Grade | undefined): Option => ({
  id,
  label,
  ...(grade && grade.standard !== '' ? { standard: grade.standard } : {}),
  ...(grade && grade.points !== null ? { points: grade.points } : {}),
})

/** Grades keep the form's names, whatever standards and points they have; other scales bring their own. */
function optionsOf({ kind, options }: Question, pack: Pack | null): readonly Option[] {
  if (kind === 'yes-no') return YES_NO
  if (kind === 'graded') {
    const scale = pack?.options ?? GRADES
    if (options.length === 0 || sameLabels(scale, options))
      return scale.map((grade, i) => optionWith(grade, options[i]))
  }
  return options.map((option, i) => optionWith({ id: `o${i + 1}`, label: option.label }, option))
}

const sameLabels = (scale: readonly Option[], options: readonly Grade[]): boolean =>
  scale.length === options.length && scale.every(({ label }, i) => label === options[i]!.label)

/** By subject, and within it the whole first, then the further questions. A line may be left empty: `min` is 0. */
export function contestsOf(draft: Asked, pack: Pack | null): readonly PaperContest[] {
  const { template, subjects, questions } = draft
  const main = mainOptions(draft, pack)
  // Of a pack that is taken on criteria, the criteria are what it speaks of.
  const ofCriteria = template === 'criteria' ? pack : null
  const further = (id: string, subject: BallotSubject | null, about: string): readonly PaperContest[] =>
    questions.map((question, q) => {
      const { kind, title } = question
      const scale = kind === 'graded' ? ofCriteria : null
      return {
        id: `${id}c${q + 1}`,
        title: [about, title].filter(word => word !== '').join(' – '),
        options: optionsOf(question, scale),
        min: 0,
        max: kind === 'choice' ? question.max : 1,
        subject,
        criterion: subject === null ? null : title,
        kind,
        ruled: scale !== null,
      }
    })
  if (template === 'survey') return further('', null, '')
  return subjects.flatMap((subject, s): readonly PaperContest[] => {
    const about = [subject.name, subject.position].filter(word => word !== '').join(', ')
    const whole: readonly PaperContest[] =
      main === null
        ? []
        : [
            {
              id: `s${s + 1}`,
              title: about,
              options: main,
              min: 0,
              max: template === 'free' && pack === null ? draft.max : 1,
              subject,
              criterion: null,
              kind: 'main',
              ruled: pack !== null,
            },
          ]
    return [...whole, ...further(`s${s + 1}-`, subject, about)]
  })
}

// ── who votes ───────────────────────────────────────────────────────────────────────────────────────────────────

interface Voters {
  readonly convened: number
  readonly sparePercent: number
  readonly groups: readonly VoterGroup[]
}

export interface PaperGroup extends VoterGroup {
  readonly id: string
  /** Cards to print: one for everybody convened, and spare ones, rounded up. */
  readonly cards: number
}

/** Groups as they stand in the manifest; everybody together where the draft names none. */
export function groupsOf({ convened, sparePercent, groups }: Voters): readonly PaperGroup[] {
  const all = groups.length === 0 ? [{ label: 'Người tham dự', convened, weight: null }] : groups
  return all.map((group, g) => ({
    ...group,
    id: groups.length === 0 ? 'tham-du' : `nhom-${g + 1}`,
    cards: group.convened + Math.ceil((group.convened * sparePercent) / 100),
  }))
}

// ── from a manifest's text ──────────────────────────────────────────────────────────────────────────────────────

/** What a contest says to people. */
export type ContestWords = Pick<PaperContest, 'subject' | 'criterion' | 'kind' | 'ruled'> & {
  /** The manifest says itself whether it is ruled. */
  readonly says: boolean
  /** By option. */
  readonly grades: readonly { readonly standard: string; readonly points: number | null }[]
}

/**
 * By contest; shape: the text of a manifest that was parsed. Missing words become empty ones: of another maker's contest
 * only the title is known, of an older one's kind that the rules speak of it.
 */
export function wordsOf(manifestText: string): readonly ContestWords[] {
  const { contests } = JSON.parse(manifestText) as { readonly contests: readonly Loose[] }
  return contests.map(({ subject, criterion, kind, ruled, options }) => ({
    subject: subjectOf(subject),
    criterion: typeof criterion === 'string' ? criterion : null,
    kind: kind === 'graded' || kind === 'choice' || kind === 'yes-no' ? kind : 'main',
    ruled: ruled !== false,
    says: typeof ruled === 'boolean',
    grades: (options as readonly Loose[]).map(({ standard, points }) => ({
      standard: textOf(standard),
      points: typeof points === 'number' ? points : null,
    })),
  }))
}

type Loose = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function subjectOf(value: unknown): BallotSubject | null {
  if (typeof value !== 'object' || value === null) return null
  const { name, position, selfScore, selfLevel } = value as Loose
  const found = { name: textOf(name), position: textOf(position) }
  if (found.name === '' && found.position === '') return null
  return {
    ...found,
    ...(typeof selfScore === 'string' ? { selfScore } : {}),
    ...(typeof selfLevel === 'string' ? { selfLevel } : {}),
  }
}

/** By group, in the manifest's order; null where a group has none. */
export function weightsOf(manifestText: string): readonly (number | null)[] {
  const { groups } = JSON.parse(manifestText) as { readonly groups: readonly Loose[] }
  return groups.map(({ weight }) => (typeof weight === 'number' ? weight : null))
}
