/** What the draft will look like on a voter's phone: the same words, the same paper. Nothing in it can be pressed. */
import type { Pack } from '../../../server/rules/pack.ts'
import type { Draft } from '../../../server/wire.ts'
import { Mark } from '../../mark.tsx'
import type { Language } from '../../words/language.ts'
import type { OrganiserWords } from '../../words/organiser.ts'
import { VOTER_WORDS } from '../../words/voter.ts'
import { tidied } from '../draft.ts'
import { contestsOf, type PaperContest } from '../manifest.ts'

interface PreviewProps {
  readonly draft: Draft
  /** Of the rule pack that the draft names. */
  readonly pack: Pick<Pack, 'options'> | null
  readonly words: OrganiserWords
  readonly language: Language
}

export function Preview({ draft, pack, words, language }: PreviewProps) {
  const contests = contestsOf(tidied(draft), pack)
  const contest = contests[0]
  const empty = contest === undefined || contest.title === '' || contest.options.some(({ label }) => label === '')
  return (
    <aside class="preview" aria-label={words.draft.preview}>
      <p class="overline">{words.draft.preview}</p>
      {empty ? (
        <p class="soft small">{words.draft.previewEmpty}</p>
      ) : (
        <Phone contest={contest} of={contests.length} language={language} />
      )}
    </aside>
  )
}

function Phone({ contest, of, language }: { contest: PaperContest; of: number; language: Language }) {
  const said = VOTER_WORDS[language]
  const { subject, criterion, options, max } = contest
  const person = subject.name === '' ? subject.position : subject.name
  const about = [subject.name, subject.position].filter(word => word !== '').join(', ')
  return (
    <div class="phone">
      <p class="phone-count">1 / {of}</p>
      <div class="phone-sheet">
        {criterion === null ? null : <p class="overline">{about}</p>}
        <p class="phone-name">{criterion ?? person}</p>
        {criterion === null && subject.name !== '' ? <p class="soft">{subject.position}</p> : null}
        <ul class="phone-options">
          {options.map(({ id, label }) => (
            <li key={id}>
              <Mark on={false} /> <span>{label}</span>
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
