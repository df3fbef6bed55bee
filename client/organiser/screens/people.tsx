/** Of the draft: who votes, and who counts. */
import type { ComponentChildren } from 'preact'
import type { Draft } from '../../../server/wire.ts'
import { Note } from '../../parts.tsx'
import { absentOf, cardsFor, MAX_MEMBERS, thresholdsOf } from '../draft.ts'
import { clampedWeight, firstGroups, isWeighted, labelsLeft, MAX_GROUPS, weighted, withGroups } from '../groups.ts'
import { Add, type Part, Remove, withItem, without } from './lines.tsx'
import { Field, NumberField, Tick } from './parts.tsx'
import { Publication } from './publication.tsx'
import { Numbers } from './rules.tsx'

export function People(part: Part) {
  const { draft, shown, set } = part
  const words = shown.words.draft
  const { absent, convened } = draft
  const onPaper = draft.medium === 'paper'
  const cards = cardsFor(onPaper ? { ...draft, groups: [] } : draft)
  return (
    <fieldset>
      <legend>{words.people}</legend>
      <Groups {...part} />
      {draft.groups.length === 0 || onPaper ? (
        <NumberField id="f-convened" label={words.convened} value={convened} set={value => set({ convened: value })} />
      ) : null}
      {draft.template === 'survey' ? null : (
        <>
          <Tick
            id="f-subject-votes"
            label={words.subjectVotes}
            on={draft.subjectVotes}
            set={subjectVotes => set({ subjectVotes })}
          />
          {draft.subjectVotes ? null : <p class="soft small">{words.subjectVotesNote}</p>}
        </>
      )}
      {absent.map((line, i) => (
        <div class="line" key={i}>
          <Field
            id={`f-absent-${i + 1}`}
            label={`${words.absent}: ${words.reason.toLowerCase()}`}
            value={line.reason}
            set={reason => set({ absent: withItem(absent, i, { ...line, reason }) })}
          />
          <NumberField
            id={`f-absent-count-${i + 1}`}
            label={words.count}
            value={line.count}
            set={count => set({ absent: withItem(absent, i, { ...line, count }) })}
          />
          <Remove n={i + 1} shown={shown} only={false} act={() => set({ absent: without(absent, i) })} />
        </div>
      ))}
      <Add label={words.addAbsent} act={() => set({ absent: [...absent, { reason: '', count: 1 }] })} />
      <NumberField
        id="f-spare"
        label={onPaper ? words.spareSheets : words.spare}
        value={draft.sparePercent}
        set={sparePercent => set({ sparePercent })}
      />
      {convened > absentOf(draft) ? (
        <p role="status">{(onPaper ? words.sheets : words.cards)(cards, cards - convened)}</p>
      ) : null}
      <Numbers draft={draft} shown={shown} set={set} />
      {onPaper ? null : <Publication draft={draft} shown={shown} />}
    </fieldset>
  )
}

/** Everybody together, or groups whose numbers add up to everybody. */
function Groups({ draft, shown, set }: Part) {
  const words = shown.words.groups
  const { groups } = draft
  if (draft.medium === 'paper') return groups.length === 0 ? null : <Note tone="attention">{words.onPaper}</Note>
  const apart = groups.length > 0
  const put = (list: Draft['groups']) => set(withGroups(list))
  const add = (label: string) => put([...groups, { label, convened: 0, weight: isWeighted(groups) ? 1 : null }])
  return (
    <>
      <div class="stack" role="radiogroup" aria-label={words.title}>
        <label class="tick" for="f-together">
          <input type="radio" name="groups" id="f-together" checked={!apart} onChange={() => set({ groups: [] })} />
          <span>{words.together}</span>
        </label>
        <label class="tick" for="f-groups">
          <input
            type="radio"
            name="groups"
            id="f-groups"
            checked={apart}
            onChange={() => set(firstGroups(draft, words.labels.slice(0, FIRST_GROUPS)))}
          />
          <span>{words.apart}</span>
        </label>
      </div>
      {apart ? (
        <>
          {groups.map((group, i) => (
            <GroupLine key={i} group={group} i={i} shown={shown} put={one => put(withItem(groups, i, one))}>
              <Remove n={i + 1} shown={shown} only={groups.length <= 2} act={() => put(without(groups, i))} />
            </GroupLine>
          ))}
          {groups.length < MAX_GROUPS ? (
            <div class="adding">
              {labelsLeft(groups, words.labels).map(label => (
                <Add key={label} label={label} act={() => add(label)} />
              ))}
              <Add label={words.add} act={() => add('')} />
            </div>
          ) : null}
          <p role="status">{words.sum(draft.convened)}</p>
          <Tick
            id="f-group-weights"
            label={words.weighted}
            on={isWeighted(groups)}
            set={on => put(weighted(groups, on))}
          />
          {isWeighted(groups) ? <p class="soft small">{words.weightNote}</p> : null}
        </>
      ) : null}
    </>
  )
}

const FIRST_GROUPS = 3

interface GroupLineProps {
  readonly group: Draft['groups'][number]
  readonly i: number
  readonly shown: Part['shown']
  readonly put: (group: Draft['groups'][number]) => void
  readonly children: ComponentChildren
}

const GroupLine = ({ group, i, shown, put, children }: GroupLineProps) => {
  const words = shown.words.groups
  return (
    <div class="line">
      <Field
        id={`f-group-${i + 1}`}
        label={words.label(i + 1)}
        value={group.label}
        set={label => put({ ...group, label })}
      />
      <NumberField
        id={`f-group-people-${i + 1}`}
        label={words.people}
        value={group.convened}
        set={convened => put({ ...group, convened })}
      />
      {group.weight === null ? null : (
        <NumberField
          id={`f-group-weight-${i + 1}`}
          label={words.weight}
          value={group.weight}
          set={weight => put({ ...group, weight: clampedWeight(weight) })}
        />
      )}
      {children}
    </div>
  )
}

export function Team({ draft, shown, set }: Part) {
  const words = shown.words.draft
  const { members } = draft
  const onPaper = draft.medium === 'paper'
  return (
    <fieldset>
      <legend>{words.team}</legend>
      <p class="soft small">{onPaper ? words.onPaper.teamNote : words.teamNote}</p>
      {members.map((member, i) => (
        <div class="line" key={i}>
          <Field
            id={`f-member-${i + 1}`}
            label={words.member(i + 1)}
            value={member}
            set={name => set({ members: withItem(members, i, name) })}
          />
          <Remove
            n={i + 1}
            shown={shown}
            only={members.length <= 2}
            act={() => set({ members: without(members, i) })}
          />
        </div>
      ))}
      {members.length < MAX_MEMBERS ? (
        <Add label={words.addMember} act={() => set({ members: [...members, ''] })} />
      ) : null}
      {onPaper ? null : (
        <div class="field narrow">
          <label for="f-threshold">{words.threshold}</label>
          <select
            id="f-threshold"
            value={draft.threshold}
            onChange={event => set({ threshold: Number(event.currentTarget.value) })}
          >
            {thresholdsOf(members.length).map(t => (
              <option key={t} value={t}>
                {words.thresholdOf(t, members.length)}
              </option>
            ))}
          </select>
        </div>
      )}
    </fieldset>
  )
}
