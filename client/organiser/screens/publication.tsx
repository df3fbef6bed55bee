/** Of the draft: what of its groups could ever become public, in sentences and a small table. */
import { groupsOf } from '../../../server/rules/contests.ts'
import { differencesFrom, type Foreseen, foresee, type GroupFate } from '../../../server/rules/publication.ts'
import type { Draft } from '../../../server/wire.ts'
import { dayIn } from '../../figures.ts'
import { Note } from '../../parts.tsx'
import type { OrganiserWords } from '../../words/organiser.ts'
import { absentOf, tidied } from '../draft.ts'
import { areWhole } from '../groups.ts'
import type { Part } from './lines.tsx'

type Words = OrganiserWords['groups']['publication']

/** The last answer, since most keys change something else. */
let last: { readonly of: string; readonly foreseen: Foreseen } | null = null

function foreseenOf(convened: readonly number[], minimum: number): Foreseen {
  const of = `${convened}/${minimum}`
  if (last?.of !== of) last = { of, foreseen: foresee(convened, minimum) }
  return last.foreseen
}

/** Nothing while nobody is convened. */
export function Publication({ draft: raw, shown }: Pick<Part, 'draft' | 'shown'>) {
  const words = shown.words.groups.publication
  const draft = tidied(raw)
  const { minimumBallots, convened } = draft
  if (convened < 3 || minimumBallots < 3) return null
  const wanting = draft.groups.length > 0 && !areWhole(draft.groups)
  return (
    <section class="publication stack" aria-labelledby="publication">
      <h2 class="minor" id="publication">
        {words.title}
      </h2>
      {wanting ? (
        <p class="soft small">{words.empty}</p>
      ) : draft.groups.length === 0 ? (
        <p>{words.whole(convened)}</p>
      ) : (
        <ByGroup draft={draft} words={words} />
      )}
      {wanting ? null : <Earlier draft={draft} shown={shown} />}
    </section>
  )
}

function ByGroup({ draft, words }: { readonly draft: Draft; readonly words: Words }) {
  const { groups, minimumBallots: minimum } = draft
  const { full, groups: fates } = foreseenOf(
    groups.map(({ convened }) => convened),
    minimum,
  )
  const name = (unions: Foreseen['full']) =>
    unions.map(union =>
      words.of(
        union.groups.map(g => groups[g]!.label),
        union.ballots,
      ),
    )
  const apart = full.filter(union => union.groups.length === 1)
  const merged = full.filter(union => union.groups.length > 1)
  return (
    <>
      <p>{words.full}:</p>
      <ul class="rules">
        {apart.length === 0 ? null : <li>{words.apart(name(apart))}</li>}
        {merged.length === 0 ? null : <li>{words.merged(name(merged))}</li>}
      </ul>
      {fates.map(({ because }, g) =>
        because === null ? null : (
          <Note tone="attention" key={groups[g]!.label}>
            {because === 'few'
              ? words.few(groups[g]!.label, groups[g]!.convened, minimum)
              : words.others(groups[g]!.label, minimum)}
          </Note>
        ),
      )}
      <Table draft={draft} words={words} full={full} fates={fates} />
      <p class="soft small">{words.tableNote}</p>
      {absentOf(draft) > 0 ? <p class="soft small">{words.absent}</p> : null}
      {fates.some(({ because }) => because === 'few') ? <p class="soft small">{words.smallGroup}</p> : null}
      <details>
        <summary>{words.why}</summary>
        <ul class="rules small">
          {words.reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </details>
    </>
  )
}

interface TableProps {
  readonly draft: Draft
  readonly words: Words
  readonly full: Foreseen['full']
  readonly fates: readonly GroupFate[]
}

const Table = ({ draft: { groups, minimumBallots }, words, full, fates }: TableProps) => {
  const named = (places: readonly number[]) => places.map(g => groups[g]!.label).join(words.and)
  /** Together with these groups; null: nothing is opened. */
  const said = (beside: readonly (readonly number[] | null)[]): string => {
    if (beside.some(one => one?.length === 0)) return words.alone
    const opened = beside.flatMap(one => (one === null ? [] : [named(one)]))
    const merged = opened.length === 0 ? [] : [words.beside([...new Set(opened)])]
    return [...merged, ...(beside.includes(null) ? [words.nothing] : [])].join('; ')
  }
  return (
    <table class="fates">
      <caption class="soft small">{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">{words.group}</th>
          <th scope="col" class="figure">
            {words.people}
          </th>
          <th scope="col">{words.withAll}</th>
          <th scope="col">{words.below(minimumBallots)}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ label, convened }, g) => {
          const own = full.find(union => union.groups.includes(g))!
          const { because, below } = fates[g]!
          return (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td class="figure">{convened}</td>
              <td>{said([own.groups.filter(other => other !== g)])}</td>
              <td>{because === 'few' ? words.same : said(below.map(({ beside }) => beside))}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** What subtracting an earlier result from this one would tell, if it told of too few people. */
function Earlier({ draft, shown }: Pick<Part, 'draft' | 'shown'>) {
  const words = shown.words.groups.publication
  const { earlier } = shown.state.view
  if (earlier.length === 0) return null
  const told = earlier.map(({ title, date, unions }) => ({
    heading: words.earlier(title, dayIn(date, shown.state.language)),
    differences: differencesFrom(unions, groupsOf(draft), draft.minimumBallots),
  }))
  if (told.every(({ differences }) => differences.length === 0)) return <p class="soft small">{words.noDifference}</p>
  return (
    <>
      {told.map(({ heading, differences }, i) =>
        differences.length === 0 ? null : (
          <Note tone="attention" title={heading} key={i}>
            {differences.map(({ kind, labels, people }) => (
              <p key={`${kind} ${labels}`}>{words[kind](labels.join(words.and), people)}</p>
            ))}
          </Note>
        ),
      )}
    </>
  )
}
