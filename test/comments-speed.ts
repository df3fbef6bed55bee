/**
 * What opening comments costs the counting team's devices, for `npm run bench` and for whoever asks: one member's part, and
 * the combiner's checking and reading, each by the very code that the page runs in its worker. In processor time, so that it
 * does not matter what else the machine does. Measured, asserted nowhere.
 */
import { workComments } from '../client/trustee/comments-work.ts'
import { compare } from '../crypto/bytes.ts'
import { parseClosing, writeClosing } from '../crypto/closing.ts'
import { sealComment, writeDelivered } from '../crypto/comment.ts'
import { credentialInput } from '../crypto/credential.ts'
import { elementOf, hashToGroup, multiply } from '../crypto/group.ts'
import { type Manifest, parseManifest } from '../crypto/manifest.ts'
import { writeMemory } from '../crypto/memory.ts'
import { leafHash, rootOfLeaves } from '../crypto/merkle.ts'
import { newKeyPair } from '../crypto/signature.ts'
import { type BoxKeys, newBoxKeys } from '../server/box.ts'
import { parseCase } from '../server/play/case.ts'
import { holdCeremony } from '../server/play/member.ts'
import { prepare } from '../server/play/organiser.ts'
import { secureRng as rng } from '../server/play/seed.ts'

export interface CommentsSpeed {
  readonly envelopes: number
  /** One member's device: checks every envelope, makes its shares, seals them. */
  readonly partMs: number
  /** The combiner's: checks every envelope, the other's shares, and reads. */
  readonly openMs: number
}

const MAX_BYTES = 1000
const TEXT = 'Lãnh đạo nên lắng nghe và trả lời rõ từng ý kiến của nhân viên. '.repeat(9)

/** So many voters, each with an envelope of every prompt, three in four of them with text; two devices of three open. */
export function measureComments(voters: number, prompts: number): CommentsSpeed {
  const { manifest, keys, devices } = pollFor(voters, prompts)
  const made = Array.from({ length: voters * prompts }, (_, i) => envelope(manifest, keys, 1 + (i % prompts), i))
  const ascending = made.toSorted((a, b) => compare(a.leaf, b.leaf))
  const closing = writeClosing(manifest, {
    handedOut: [voters],
    redemptions: { count: voters, root: new Uint8Array(32) },
    voided: { count: 0, root: new Uint8Array(32) },
    ballots: { count: voters, byGroup: [voters], root: new Uint8Array(32) },
    comments: {
      byKind: Array.from({ length: prompts }, () => voters),
      root: rootOfLeaves(ascending.map(({ leaf }) => leaf)),
    },
    issuerKeys: keys.issuers.map(pair => pair.secret),
    commentIssuerKeys: keys.commentIssuers.map(pair => pair.secret),
  })
  const board = { ok: true, manifest, closing: parseClosing(manifest, closing), allowed: { unions: [], sums: [] } }
  const openings = new Map(devices.map(device => [device.index, device.open(board).signature]))
  // biome-ignore lint/complexity/useLiteralKeys: the brackets reach what is private to the device
  const memories = devices.map(device => writeMemory(device['memory']))
  const common = { manifest: manifest.text, closing, openings, envelopes: writeDelivered(ascending) }
  const run = (memory: string, task: Parameters<typeof workComments>[0]['task']) => {
    const before = process.cpuUsage()
    const done = workComments({ ...common, before: null, memory, task }, rng, () => {})
    const { user, system } = process.cpuUsage(before)
    return { done, ms: (user + system) / 1000 }
  }
  const part = run(memories[1]!, { do: 'share', combiner: 1 })
  if (!('box' in part.done)) throw new Error('no part was made')
  const read = run(memories[0]!, { do: 'read', boxes: new Map([[2, part.done.box]]) })
  if (!('prompts' in read.done) || read.done.prompts.some(({ texts }) => texts === null))
    throw new Error('texts are missing')
  return { envelopes: made.length, partMs: part.ms, openMs: read.ms }
}

function pollFor(voters: number, prompts: number) {
  const plan = parseCase(
    JSON.stringify({
      title: 'comments',
      trustees: 3,
      threshold: 2,
      minimumBallots: 5,
      groups: [{ id: 'staff', label: 'staff', cards: voters, handedOut: voters }],
      contests: [{ id: 'c', title: 'c', options: ['a', 'b'], min: 0, max: 1 }],
      comments: Array.from({ length: prompts }, (_, i) => ({
        id: `y${i + 1}`,
        title: `y${i + 1}`,
        maxBytes: MAX_BYTES,
      })),
      votes: [],
    }),
  )
  const pollId = rng(16)
  const keys = newBoxKeys(1, prompts, rng)
  const { devices, trustees } = holdCeremony({ pollId, n: 3, t: 2 }, ['1', '2', '3'], rng)
  const { manifest } = prepare(plan, pollId, keys, trustees, rng)
  for (const device of devices) device.pin(manifest)
  return { manifest: parseManifest(manifest.text), keys, devices: devices.slice(0, 2) }
}

/** As a phone seals it, its credential made with the issuer's own key. */
function envelope(manifest: Manifest, keys: BoxKeys, kind: number, i: number) {
  const key = newKeyPair(rng)
  const input = hashToGroup(credentialInput(manifest.hash, kind, key.public.bytes))
  const N = elementOf(multiply(input, keys.commentIssuers[kind - 1]!.secret))
  const text = i % 4 === 0 ? '' : TEXT.slice(0, 40 + (i % 500))
  const { publicPart, sealedPart } = sealComment(manifest, { kind, key, N }, text, rng)
  return { bytes: publicPart, sealed: sealedPart, leaf: leafHash(publicPart) }
}
