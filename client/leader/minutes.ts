/** The minutes' facts while they are being typed, and the arithmetic shown beside them. Pure. */
import type { DossierView, MinutesFacts } from '../../server/wire/leader.ts'
import type { Facts } from './dossier.ts'

/** Lists are typed one a line. */
export type TypedMinutes = Omit<MinutesFacts, 'witnesses' | 'recipients'> & {
  readonly witnesses: string
  readonly recipients: string
}

export interface MinutesForm {
  readonly typed: TypedMinutes
  /** The server's version on which this stands. */
  readonly version: number
  readonly changed: boolean
}

const linesIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

export const formOf = ({ version, facts }: DossierView['minutes'], team: readonly string[]): MinutesForm => ({
  typed: {
    ...facts,
    titles: team.map((_, i) => facts.titles[i] ?? ''),
    witnesses: facts.witnesses.join('\n'),
    recipients: facts.recipients.join('\n'),
  },
  version,
  changed: false,
})

export const sentOf = ({ witnesses, recipients, ...rest }: TypedMinutes): MinutesFacts => ({
  ...rest,
  witnesses: linesIn(witnesses),
  recipients: linesIn(recipients),
})

/** One equation of the minutes with its numbers, in the order in which its sentence names them. */
export interface Equation {
  readonly rule: 'attendance' | 'issued' | 'collected' | 'printed'
  readonly numbers: readonly number[]
  readonly holds: boolean
}

/**
 * The equations between numbers that this page has: beside the fields, as they are typed. The server checks these and
 * the rest of them (`server/reports/arithmetic.ts`), and what it refuses is said where its rule stands.
 */
export function equationsOf(
  { stated, absent, printed }: Pick<DossierView, 'stated' | 'absent' | 'printed'>,
  { counted }: Pick<Facts, 'counted'>,
  { unused, exchanged }: Pick<TypedMinutes, 'unused' | 'exchanged'>,
): readonly Equation[] {
  const away = absent.reduce((all, { count }) => all + count, 0)
  const meeting = stated?.attendance ?? null
  return [
    ...(meeting === null
      ? []
      : [
          equation(
            'attendance',
            [meeting.present, away, meeting.convened],
            meeting.present + away === meeting.convened,
          ),
        ]),
    ...(meeting === null || counted === null
      ? []
      : [equation('issued', [counted.issued, meeting.present], counted.issued <= meeting.present)]),
    ...(counted === null
      ? []
      : [
          equation('collected', [counted.collected, counted.issued], counted.collected <= counted.issued),
          equation(
            'printed',
            [printed, counted.issued, unused, exchanged],
            printed === counted.issued + unused + exchanged,
          ),
        ]),
  ]
}

const equation = (rule: Equation['rule'], numbers: readonly number[], holds: boolean): Equation => ({
  rule,
  numbers,
  holds,
})
