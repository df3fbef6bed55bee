/** Changes of what was fixed before the first card was printed: checks 1 to 3. */
import { compare, toBase64url } from '../../crypto/bytes.ts'
import type { FaultCode } from '../../crypto/fault.ts'
import { elementOf, G, multiply, scalarOf } from '../../crypto/group.ts'
import type { Trustee } from '../../crypto/manifest.ts'
import { rootOf } from '../../crypto/merkle.ts'
import { seededRng } from '../../server/play/seed.ts'
import { ceremonyOf, type ManifestFields } from '../build.ts'
import {
  goodLines,
  IDENTITY_POINT,
  join,
  type Loose,
  NON_CANONICAL,
  other,
  poll,
  type Row,
  rebuilt,
  repolled,
  swapped,
  withManifest,
  withManifestText,
} from './row.ts'

type Change = (manifest: Loose) => void
const options = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `o${i}`, label: `${i}` }))

const manifest: readonly (readonly [name: string, code: FaultCode, change: Change])[] = [
  ['another protocol', 'wrong-protocol', m => (m.protocol = 'phieukin/v2')],
  ['a poll id of 15 bytes', 'wrong-length', m => (m.poll.id = toBase64url(new Uint8Array(15)))],
  ['no poll title', 'missing-field', m => delete m.poll.title],
  ['no contests', 'wrong-length', m => (m.contests = [])],
  ['256 contests', 'wrong-length', m => (m.contests = options(256).map(o => ({ ...m.contests[0], id: o.id })))],
  ['a contest id that is none', 'bad-id', m => (m.contests[0].id = 'Head')],
  ['an id of 33 characters', 'bad-id', m => (m.contests[0].id = 'a'.repeat(33))],
  ['an empty id', 'bad-id', m => (m.groups[0].id = '')],
  ['two contests of one id', 'duplicate', m => (m.contests[1].id = m.contests[0].id)],
  ['two options of one id', 'duplicate', m => (m.contests[0].options[1].id = 'o1')],
  ['two groups of one id', 'duplicate', m => (m.groups[1].id = m.groups[0].id)],
  ['two prompts of one id', 'duplicate', m => m.comments.push({ ...m.comments[0] })],
  ['no options', 'wrong-length', m => (m.contests[0].options = [])],
  ['max above the number of options', 'out-of-range', m => (m.contests[0].max = 4)],
  ['max 0', 'out-of-range', m => (m.contests[0].max = 0)],
  ['min above max', 'out-of-range', m => (m.contests[0].min = 2)],
  ['max 16 above min', 'out-of-range', m => Object.assign(m.contests[0], { options: options(16), max: 16 })],
  [
    'a ballot of more than 262,144 bytes',
    'too-large',
    m => {
      m.contests = options(4).map(({ id }) => ({ id, title: id, options: options(255), min: 0, max: 1 }))
    },
  ],
  ['a prompt of 0 bytes', 'out-of-range', m => (m.comments[0].maxBytes = 0)],
  ['a prompt of 4,097 bytes', 'out-of-range', m => (m.comments[0].maxBytes = 4097)],
  ['a group of 0 tokens', 'out-of-range', m => (m.groups[0].tokens = 0)],
  ['a group of 65,536 tokens', 'out-of-range', m => (m.groups[0].tokens = 65_536)],
  ['a token root of 31 bytes', 'wrong-length', m => (m.groups[0].tokenRoot = toBase64url(new Uint8Array(31)))],
  ['a member alone', 'wrong-length', m => (m.trustees = m.trustees.slice(0, 1))],
  ['a threshold of half', 'out-of-range', m => (m.trustees = [...m.trustees, { ...m.trustees[0], index: 4 }])],
  ['a threshold above the number of members', 'out-of-range', m => (m.threshold = 4)],
  ['a threshold of 1', 'out-of-range', m => (m.threshold = 1)],
  ['members out of order', 'wrong-value', m => (m.trustees = swapped(m.trustees, 0, 1))],
  ['a commitment too many', 'wrong-length', m => m.trustees[0].commitments.push(m.trustees[1].commitments[0])],
  ['a proof of 63 bytes', 'wrong-length', m => (m.trustees[0].proof = toBase64url(new Uint8Array(63)))],
  ['a confirmation of 65 bytes', 'wrong-length', m => (m.trustees[0].confirmation = toBase64url(new Uint8Array(65)))],
  ['a minimum of 2 ballots', 'out-of-range', m => (m.publication.minimumBallots = 2)],
  ['a disclosure that is none', 'wrong-value', m => (m.publication.disclosure = 'nobody')],
  ['rules without hash', 'missing-field', m => (m.rules = { pack: 'x' })],
  ['no word on rules', 'missing-field', m => delete m.rules],
  ['a bundle of 31 bytes', 'wrong-length', m => (m.bundle = toBase64url(new Uint8Array(31)))],
  ['the identity as election key', 'identity-point', m => (m.electionKey = toBase64url(IDENTITY_POINT))],
  ['an issuer that is no point', 'bad-point', m => (m.groups[0].issuer = toBase64url(NON_CANONICAL))],
  ['two groups of one issuer', 'duplicate', m => (m.groups[1].issuer = m.groups[0].issuer)],
  ['a prompt with the issuer of a group', 'duplicate', m => (m.comments[0].issuer = m.groups[0].issuer)],
  ['the receipt key as issuer', 'duplicate', m => (m.groups[0].issuer = m.receiptKey)],
  ['the election key as receipt key', 'duplicate', m => (m.receiptKey = m.electionKey)],
  ['two members of one signing key', 'duplicate', m => (m.trustees[1].signingKey = m.trustees[0].signingKey)],
  ['one key to sign and to exchange', 'duplicate', m => (m.trustees[0].exchangeKey = m.trustees[0].signingKey)],
]

const texts: readonly (readonly [name: string, code: FaultCode, change: (text: string) => string])[] = [
  ['a manifest that is no JSON', 'not-json', text => text.slice(0, -1)],
  ['a field of the manifest twice', 'duplicate-name', text => text.replace('{', '{"threshold":2,')],
  ['a fraction in a field for people', 'not-integer', text => text.replace('{', '{"weight":1.5,')],
  ['left-over text after the manifest', 'left-over', text => `${text}x`],
]

const fieldsWith =
  (change: (trustees: readonly Trustee[], fields: ManifestFields) => readonly Trustee[]) =>
  (fields: ManifestFields) => ({
    ...fields,
    trustees: change(fields.trustees, fields),
  })

const second = (change: (trustee: Trustee, fields: ManifestFields) => Partial<Trustee>) =>
  fieldsWith((trustees, fields) => trustees.map(t => (t.index === 2 ? { ...t, ...change(t, fields) } : t)))

/** The honest ceremony of the same poll with other dice: every signature is right, of another hash. */
const again = ceremonyOf(poll.manifest.poll.id, seededRng(99)).trustees

const ceremony: readonly (readonly [name: string, code: FaultCode, change: (f: ManifestFields) => ManifestFields])[] = [
  ['an election key that nobody made', 'wrong-key', f => ({ ...f, electionKey: elementOf(multiply(G, scalarOf(7))) })],
  ['a confirmation of another ceremony', 'bad-signature', second(() => ({ confirmation: again[1]!.confirmation }))],
  [
    'a confirmation by another member',
    'bad-signature',
    second((_, f) => ({ confirmation: f.trustees[0]!.confirmation })),
  ],
  ['a member renamed after confirming', 'bad-signature', second(() => ({ name: 'Giám đốc' }))],
  ['an exchange key put in later', 'bad-signature', second(() => ({ exchangeKey: again[1]!.exchangeKey }))],
  [
    'another polynomial with the same constant',
    'bad-signature',
    second(t => ({
      commitments: [t.commitments[0]!, again[1]!.commitments[1]!],
    })),
  ],
  ['a proof of knowledge of another constant', 'bad-proof', second(() => ({ proof: again[1]!.proof }))],
  ['a proof of knowledge by another member', 'bad-proof', second((_, f) => ({ proof: f.trustees[0]!.proof }))],
  ['a proof of knowledge that is no point', 'bad-proof', second(t => ({ proof: t.proof.map(() => 255) }))],
]

const groupWith = (g: number, change: Partial<ManifestFields['groups'][number]>) => (f: ManifestFields) => ({
  ...f,
  groups: f.groups.map((group, i) => (i === g ? { ...group, ...change } : group)),
})

const [staff, constructors] = poll.tokens
const joint = [...constructors!.slice(1), staff![0]!].sort(compare)
const unsorted = swapped(constructors!, 0, 1)
const doubled = [constructors![0]!, constructors![0]!, constructors![1]!]
const strange = (key: Uint8Array) => [...constructors!.slice(1), key].sort(compare)

/** A list in place of the second group's, with the root that belongs to it. */
const listed = (list: readonly Uint8Array[]) => () =>
  repolled(groupWith(1, { tokenRoot: rootOf(list) }), { tokens: lists => lists.map((l, g) => (g === 1 ? list : l)) })

const tokens: readonly (readonly [name: string, code: FaultCode, record: () => string])[] = [
  ['a root of another list', 'wrong-root', () => repolled(groupWith(0, { tokenRoot: rootOf(joint) }))],
  ['a card more than the manifest says', 'wrong-count', () => repolled(groupWith(0, { tokens: 6 }))],
  ['a card fewer than the manifest says', 'wrong-count', () => repolled(groupWith(0, { tokens: 8 }))],
  ['a token in two groups', 'duplicate', listed(joint)],
  ['a token twice in a group', 'not-ascending', listed(doubled)],
  ['tokens out of order', 'not-ascending', listed(unsorted)],
  ['a token that is the identity', 'identity-point', listed(strange(IDENTITY_POINT))],
  ['a token that is no point', 'bad-point', listed(strange(NON_CANONICAL))],
  [
    'a list under the name of another group',
    'wrong-value',
    () => join(goodLines.map(line => line.replace('"tokens","group":"peers"', '"tokens","group":"staff"'))),
  ],
  [
    'a list of a group that is none',
    'unknown-group',
    () =>
      join(
        goodLines.flatMap(line =>
          line.includes('"tokens","group":"peers"') ? [line, line.replace('peers', 'more')] : [line],
        ),
      ),
  ],
]

export const setupRows: readonly Row[] = [
  ...manifest.map(([name, code, change]) => ({ name, check: 1 as const, code, record: () => withManifest(change) })),
  ...texts.map(([name, code, change]) => ({ name, check: 1 as const, code, record: () => withManifestText(change) })),
  {
    name: 'the manifest of another poll than asked for',
    check: 1,
    code: 'wrong-manifest',
    record: () => rebuilt({}),
    options: { asked: other.manifest.hash },
  },
  ...ceremony.map(([name, code, change]) => ({ name, check: 2 as const, code, record: () => repolled(change) })),
  ...tokens.map(([name, code, record]) => ({ name, check: 3 as const, code, record })),
]
