/** The few parts that several persons' screens are made of. They know nothing of a ballot. */
import type { ComponentChildren } from 'preact'

type Children = { readonly children: ComponentChildren }

/** The one main action of a screen. */
export const Main = ({ act, children, disabled }: Children & { act: () => void; disabled?: boolean }) => (
  <button type="button" class="main" onClick={act} disabled={disabled === true}>
    {children}
  </button>
)

export const Other = ({ act, children }: Children & { act: () => void }) => (
  <button type="button" onClick={act}>
    {children}
  </button>
)

export const Quiet = ({ act, children }: Children & { act: () => void }) => (
  <button type="button" class="quiet" onClick={act}>
    {children}
  </button>
)

/** `tone` is said in words too: colour alone carries nothing. */
export const Note = ({
  tone,
  title,
  children,
}: Children & { tone?: 'attention' | 'holds' | 'fails'; title?: string }) => (
  <div class={tone ? `note ${tone}` : 'note'} role={tone === 'fails' ? 'alert' : undefined}>
    {title === undefined ? null : <strong>{title}</strong>}
    {children}
  </div>
)

/** A code to compare or to read aloud; the screen reader says it letter by letter. */
export const Code = ({ code, big }: { code: string; big?: boolean }) => (
  <span class={big ? 'code big' : 'code'} role="img" aria-label={[...code].join(' ')}>
    {code}
  </span>
)
