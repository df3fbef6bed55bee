/** Weaknesses that come back: said in words and by a sign, with what was counted, and the way to the remedial plan. */
import type { Line } from '../../../server/rules/scores.ts'
import type { LeaderWords } from '../../words/leader.ts'
import type { ComingBack } from '../compare.ts'
import { dayIn } from '../days.ts'
import { linkTo } from '../route.ts'
import type { Shown } from './parts.tsx'

export const AgainMark = ({ words }: { readonly words: LeaderWords }) => (
  <>
    {' '}
    <strong class="again">{words.result.again.mark}</strong>
  </>
)

interface AgainProps {
  readonly shown: Shown
  readonly found: readonly ComingBack[]
  /** Null: a survey, whose plan is the whole poll's. */
  readonly subject: number | null
}

export function Again({ shown, found, subject }: AgainProps) {
  const { state, words } = shown
  const { again } = words.result
  if (found.length === 0) return null
  const part = subject === null ? ({ at: 'file' } as const) : ({ at: 'follow', subject } as const)
  return (
    <section class="stack coming-back">
      <h2>{again.title}</h2>
      <ul>
        {found.map(({ line, earlier }) => (
          <li key={line.at}>
            {again.line(
              line.criterion ?? '',
              lowIn(line),
              again.options(lowOptions(line).map(({ label }) => `“${label}”`)),
              earlier
                .map(one =>
                  again.earlier(one.period === '' ? dayIn(one.date, state.language) : one.period, lowIn(one.line)),
                )
                .join('; '),
            )}
          </li>
        ))}
      </ul>
      <p class="soft small">{again.rule}</p>
      <p>
        <a href={linkTo(state.poll, part)}>{again.plan}</a>
      </p>
    </section>
  )
}

const lowOptions = ({ options }: Line) => options.slice(Math.ceil(options.length / 2))

/** Marks in the lower half, of all marks. */
function lowIn(line: Line): string {
  const { score, options } = line
  const low = (score?.counts ?? []).slice(options.length - lowOptions(line).length).reduce((sum, n) => sum + n, 0)
  return `${low}/${score?.marks ?? 0}`
}
