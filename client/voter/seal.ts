/**
 * Seals what is kept: in goes the stage *redeemed*, out comes the stage *sealed*, both as the texts that the storage
 * holds. Choices, what was written, randomness and secret keys end here. Runs in a worker, or where there is none on the page itself.
 */
import { sealBallot } from '../../crypto/ballot.ts'
import type { Rng } from '../../crypto/bytes.ts'
import { sealComment } from '../../crypto/comment.ts'
import { withTable } from '../../crypto/group.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import { parseKept, type Thing, writeKept } from './kept.ts'
import { written } from './texts.ts'

/** `progress` hears numbers from 0 to 1 while it goes on. */
export function sealKept(text: string, rng: Rng, progress: (done: number) => void): string {
  const kept = parseKept(text)
  if (kept?.going?.stage !== 'redeemed') throw new Error('nothing to seal')
  const { group, credentials, choices, texts } = kept.going
  const manifest = parseManifest(kept.manifest)
  const drawn = watched(rng, drawsOf(manifest), progress)
  const K = withTable(manifest.electionKey.point)
  const things = credentials.map((credential): Thing => {
    const { kind } = credential
    if (kind === 0) {
      const publicPart = sealBallot(manifest, group, credential, choices, K, drawn)
      return { kind, publicPart, sealedPart: null, receipt: null }
    }
    return { kind, ...sealComment(manifest, credential, written(texts[kind - 1] ?? ''), drawn), receipt: null }
  })
  return writeKept({ ...kept, going: { stage: 'sealed', things: mixed(things, rng) } })
}

/**
 * How often sealing draws randomness: a ballot once for each ciphertext, twice for each value that a proof could be of,
 * once for its signature; an envelope three times.
 */
const drawsOf = ({ contests, comments }: Manifest): number =>
  contests.reduce((sum, { options, min, max }) => sum + options.length * 5 + 2 * (max - min + 1), 1) +
  comments.length * 3

/** Sealing tells how far it is by the randomness it takes. */
function watched(rng: Rng, draws: number, progress: (done: number) => void): Rng {
  let drawn = 0
  let told = 0
  return n => {
    const done = Math.min(1, ++drawn / draws)
    if (done >= told + 0.05) {
      told = done
      progress(done)
    }
    return rng(n)
  }
}

/** In random order (Fisher–Yates), so that nobody learns anything from which request comes first. */
function mixed<T>(items: readonly T[], rng: Rng): readonly T[] {
  const list = [...items]
  for (let i = list.length - 1; i > 0; i--) {
    const j = rng(6).reduce((n, byte) => n * 256 + byte, 0) % (i + 1)
    const held = list[i]!
    list[i] = list[j]!
    list[j] = held
  }
  return list
}
