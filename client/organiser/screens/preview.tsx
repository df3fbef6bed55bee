/** What the draft will look like on a voter's phone: the same words, the same paper. Nothing in it can be pressed. */
import { contestsOf, type PaperContest } from '../../../server/rules/contests.ts'
import type { Pack } from '../../../server/rules/pack.ts'
import type { Draft } from '../../../server/wire.ts'
import { Mark } from '../../mark.tsx'
import type { Language } from '../../words/language.ts'
import type { OrganiserWords } from '../../words/organiser.ts'
import { VOTER_WORDS } from '../../words/voter.ts'
import { tidied } from '../draft.ts'
import { isAlone } from '../questions.ts'

interface PreviewProps {
  readonly draft: Draft
  /** Of the rule pack that the draft names. */
  readonly pack: Pick<Pack, 'options'> | null
  readonly words: OrganiserWords
  readonly language: Language
  /** Which further question is being written; null: none, the first line of the ballot is shown. */
  readonly at: number | null
}

export function Preview({ draft, pack, words, language, at }: PreviewProps) {
  const contests = contestsOf(tidied(draft), pack)
  const place = at === null ? 0 : at + (isAlone(draft) ? 0 : 1)
  const contest = contests[place]
  const empty = contest === undefined || contest.title === '' || contest.options.some(({ label }) => label === '')
  return (
    <aside class="preview" aria-label={words.draft.preview}>
      <p class="overline">{words.draft.preview}</p>
      {empty ? (
        <p class="soft small">{words.draft.previewEmpty}</p>
      ) : (
        <Phone contest={contest} place={place + 1} of={contests.length} language={language} />
      )}
    </aside>
  )
}

interface PhoneProps {
  readonly contest: PaperContest
  /** From 1. */
  readonly place: number
  readonly of: number
  readonly language: Language
}

function Phone({ contest, place, of, language }: PhoneProps) {
  const said = VOTER_WORDS[language]
  const { title, criterion, options, max } = contest
  const subject = contest.subject ?? { name: '', position: title }
  const person = subject.name === '' ? subject.position : subject.name
  const about = [subject.name, subject.position].filter(word => word !== '').join(', ')
  return (
    <div class="phone">
      <p class="phone-count">
        {place} / {of}
      </p>
      <div class="phone-sheet">
        {criterion === null ? null : <p class="overline">{about}</p>}
        <p class="phone-name">{criterion ?? person}</p>
        {criterion === null && subject.name !== '' ? <p class="soft">{subject.position}</p> : null}
        <ul class="phone-options">
          {options.map(({ id, label, standard }) => (
            <li key={id}>
              <Mark on={false} />{' '}
              <span>
                {label}
                {standard === undefined ? null : <span class="soft small phone-standard">{standard}</span>}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <p class="soft small">
        {max > 1 ? `${said.choosing.atMost(max)} ` : ''}
        {said.choosing.blank}
      </p>
      <p class="phone-next">{said.next}</p>
    </div>
  )
}
