/** How far a subject's file is, in words; and the two sides of the file. */
import type { Subject } from '../dossier.ts'
import type { File } from '../follow.ts'
import { linkTo } from '../route.ts'
import type { Shown } from './parts.tsx'

export function StageOf({ file, shown: { words } }: { readonly file: File; readonly shown: Shown }) {
  return (
    <>
      {words.result.stages[file.stage]}
      {file.overdue === 0 ? null : (
        <>
          {' · '}
          <strong class="overdue">{words.result.overdue(file.overdue)}</strong>
        </>
      )}
    </>
  )
}

export function Tabs({ shown: { state, words }, subject }: { readonly shown: Shown; readonly subject: Subject }) {
  const { poll, part } = state
  const { tabs } = words.result
  const at = { subject: subject.index }
  return (
    <nav class="tabs not-printed" aria-label={tabs.label}>
      <a
        href={linkTo(poll, { at: 'subject', ...at })}
        aria-current={part.at === 'subject' || part.at === 'poll' ? 'page' : undefined}
      >
        {tabs.page}
      </a>
      <a href={linkTo(poll, { at: 'follow', ...at })} aria-current={part.at === 'follow' ? 'page' : undefined}>
        {tabs.follow}
      </a>
    </nav>
  )
}
