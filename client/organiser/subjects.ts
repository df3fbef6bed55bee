/** Subjects of the ballot as they are written: one by one, or a list that was pasted. Pure. */
import type { Draft } from '../../server/wire.ts'

type Subject = Draft['subjects'][number]

export const MAX_SUBJECTS = 60
const MAX_CHARS = 500

export const EMPTY_SUBJECT: Subject = { name: '', position: '' }

const isEmpty = ({ name, position }: Subject): boolean => name.trim() === '' && position.trim() === ''

/**
 * A line each: name, then position, apart by a tab, a semicolon or the first comma; numbers and bullets before the name
 * fall away. A line without any of them is a position.
 */
export const subjectsIn = (text: string): readonly Subject[] =>
  text
    .split(/\r?\n/)
    .map(line => line.replace(/^\s*(?:\d{1,3}\s*[.)\t]|[-–•*+])\s*/, '').trim())
    .filter(line => line !== '')
    .map(line => {
      const [, name = '', position = ''] = /^([^\t;,]*)[\t;,](.*)$/.exec(line) ?? ['', '', line]
      const written = { name: name.trim().slice(0, MAX_CHARS), position: position.trim().slice(0, MAX_CHARS) }
      return written.position === '' ? { name: '', position: written.name } : written
    })

/** After those that are there; as many as one ballot takes. */
export function withPasted(subjects: readonly Subject[], text: string): readonly Subject[] {
  return [...subjects.filter(subject => !isEmpty(subject)), ...subjectsIn(text)].slice(0, MAX_SUBJECTS)
}

/** Reference columns, of which an empty one is none. */
export function withReference(subject: Subject, column: 'selfScore' | 'selfLevel', value: string): Subject {
  const { [column]: _, ...others } = subject
  return value === '' ? others : { ...others, [column]: value }
}

/** True if somebody wrote into the columns, whatever the form of the ballot is now. */
export const hasReference = ({ subjects }: Pick<Draft, 'subjects'>): boolean =>
  subjects.some(({ selfScore, selfLevel }) => Boolean(selfScore || selfLevel))
