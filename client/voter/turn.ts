/** What a new screen does to eyes, focus and screen readers. */

/** It begins at its top; a list where it was left. */
export function turnPage(root: Element): void {
  window.scrollTo(0, 0)
  const place = root.querySelector<HTMLElement>('.last') ?? root.querySelector('h1')
  place?.focus()
}

/** Whoever typed something wrong is led to it. */
export const pointOut = (root: Element): void => root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
