/**
 * Screens that only some ballots need: a list of many, answers in writing, the review of both. They come in a file of
 * their own, before the card is spent, so that nobody else downloads them.
 */
import type { VNode } from 'preact'
import type { Props } from './screens/props.ts'

type Name = 'listing' | 'writing' | 'reviewing'

export type More = { readonly [T in Name]: (props: Props<T>) => VNode }

let screens: More | null = null

/** False where they did not come. */
export async function more(): Promise<boolean> {
  try {
    screens ??= (await import('./survey/survey.tsx')).survey
    return true
  } catch {
    return false
  }
}

export const fetched = (): More | null => screens
