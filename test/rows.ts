/** Rows for tests of the database alone. */
import type { PollRow } from '../server/store/polls.ts'

/** A rehearsal's draft that has a manifest already, so that cards could be spent once its gate is open. */
export const pollRow = (id: Uint8Array, manifestHash: Uint8Array, change: Partial<PollRow> = {}): PollRow => ({
  id,
  rehearsal: 1,
  state: 'draft',
  gate: 'shut',
  version: 1,
  draft: '{}',
  nonce: '',
  tried: '',
  attempt: 0,
  run: id,
  keys: null,
  manifest_hash: manifestHash,
  manifest: '{}',
  asked: null,
  last_call_ms: null,
  closing: null,
  closing_signature: null,
  follows: null,
  void_reason: null,
  published: 0,
  stated: null,
  minutes: null,
  minutes_version: 0,
  minutes_sealed: 0,
  stamp: '',
  ...change,
})
