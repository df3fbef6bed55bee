/** What is marked, in words. */
import type { Vote } from '../screen.ts'

/** The labels of what is marked of a contest; empty where nothing is. */
export const labelsOf = ({ poll, choices }: Vote, contest: number): string =>
  choices[contest]!.map(option => poll.manifest.contests[contest]!.options[option]!.label).join(', ')
