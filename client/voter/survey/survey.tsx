/** The screens that only some ballots need, in a file of their own (`more.ts`). */
import type { More } from '../more.ts'
import { Listing } from './listing.tsx'
import { LongReview } from './reviewing.tsx'
import { Writing } from './writing.tsx'

export const survey: More = { listing: Listing, writing: Writing, reviewing: LongReview }
