/**
 * A member's recovery sheet (protocol, section 8): what the device holds, on paper in a sealed envelope. Made after
 * pinning. Who has the sheet is the member: it stands for the device in everything.
 *
 *     QR      'A' ‖ base64url(u8 index ‖ 32 share ‖ 32 signing ‖ 32 exchange ‖ 32 ceremonyHash ‖ 32 manifestHash ‖ 4 check)
 *     typed   40 groups of five in Crockford base32: `u8 index ‖ share ‖ signing ‖ exchange`, four zero bits, 20 bits of
 *             check; four characters of that in every group, the fifth says whether the other four were read right
 *
 * The typed code leaves both hashes out: they follow from the manifest, whose short code is printed on the sheet.
 */
import { concat, equal, fromBase32, fromBase64url, toBase32, toBase64url, u8 } from './bytes.ts'
import { refuse } from './fault.ts'
import { type Scalar, writeScalar, ZERO } from './group.ts'
import type { Manifest } from './manifest.ts'
import { Reader } from './reader.ts'
import { keyPairOf } from './signature.ts'
import { message, sha256 } from './transcript.ts'
import { ceremonyHash, checkManifestOfCeremony, type Member } from './trustees.ts'
import { carriedBy, groupsOf, isGroup, typedGroups } from './typed.ts'

/** Secret, all but the index: whoever reads these opens in the member's place. */
export interface SheetKeys {
  readonly index: number
  readonly share: Scalar
  readonly signing: Scalar
  readonly exchange: Scalar
}

export interface Sheet extends SheetKeys {
  readonly ceremonyHash: Uint8Array
  readonly manifestHash: Uint8Array
}

const VERSION = 'A'
const QR_CHECK_BYTES = 4
const KEYS_BYTES = 97
const KEYS_CHARS = 156

/** How many groups the typed code has. */
export const SHEET_GROUPS = 40
const CODE_CHECK_BITS = 20

const keysBytes = ({ index, share, signing, exchange }: SheetKeys): Uint8Array =>
  concat(u8(index), writeScalar(share), writeScalar(signing), writeScalar(exchange))

const checkOf = (bytes: Uint8Array): Uint8Array => sha256(message('sheet', bytes))

export const sheetOf = (member: Member, manifestHash: Uint8Array): Sheet => ({
  index: member.index,
  share: member.share,
  signing: member.signing.secret,
  exchange: member.exchange.secret,
  ceremonyHash: member.ceremonyHash,
  manifestHash,
})

/**
 * The member again, if the sheet is of this manifest: its keys, and the public counterpart of its share, stand there.
 * Refuses: `wrong-manifest`, and what `checkManifestOfCeremony` finds.
 */
export function memberOfSheet(sheet: SheetKeys | Sheet, manifest: Manifest): Member {
  if ('manifestHash' in sheet && !equal(sheet.manifestHash, manifest.hash)) refuse('wrong-manifest', 'sheet')
  const { poll, trustees, threshold } = manifest
  const member: Member = {
    index: sheet.index,
    share: sheet.share,
    signing: keyPairOf(sheet.signing),
    exchange: keyPairOf(sheet.exchange),
    ceremonyHash: ceremonyHash({ pollId: poll.id, n: trustees.length, t: threshold }, trustees),
  }
  const fault = checkManifestOfCeremony(member, poll.id, manifest)
  return fault ? refuse(fault.code, fault.where) : member
}

// ── QR ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export function sheetQr(sheet: Sheet): string {
  const body = concat(keysBytes(sheet), sheet.ceremonyHash, sheet.manifestHash)
  return `${VERSION}${toBase64url(concat(body, checkOf(body).subarray(0, QR_CHECK_BYTES)))}`
}

/** Refuses: `wrong-value` (not a sheet, or damaged), `wrong-length`, `bad-scalar`. */
export function readSheetQr(text: string): Sheet {
  const bytes = text.startsWith(VERSION) ? fromBase64url(text.slice(1)) : null
  if (bytes === null) return refuse('wrong-value', 'sheet')
  const from = new Reader(bytes, 'sheet')
  const keys = readKeys(from)
  const found = { ...keys, ceremonyHash: from.bytes(32), manifestHash: from.bytes(32) }
  const check = checkOf(from.soFar()).subarray(0, QR_CHECK_BYTES)
  if (!equal(from.bytes(QR_CHECK_BYTES), check)) refuse('wrong-value', 'sheet')
  from.end()
  return found
}

function readKeys(from: Reader): SheetKeys {
  const index = from.u8()
  const [share, signing, exchange] = [from.scalar('share'), from.scalar('signing'), from.scalar('exchange')]
  if ([share, signing, exchange].includes(ZERO)) refuse('bad-scalar', 'sheet')
  return { index, share, signing, exchange }
}

// ── typed ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** The typed code, group by group as printed. */
export function sheetGroups(keys: SheetKeys): readonly string[] {
  const bytes = keysBytes(keys)
  return groupsOf(toBase32(bytes, KEYS_CHARS * 5) + toBase32(checkOf(bytes), CODE_CHECK_BITS))
}

/** Refuses: `wrong-length`, `wrong-value` (a group that cannot stand in its place, or groups that do not belong together). */
export function readSheetGroups(typed: string): SheetKeys {
  const groups = typedGroups(typed)
  if (groups.length !== SHEET_GROUPS) refuse('wrong-length', 'sheet code', SHEET_GROUPS, groups.length)
  const wrong = groups.findIndex((group, place) => !isGroup(group, place))
  if (wrong >= 0) refuse('wrong-value', `sheet code, group ${wrong + 1}`)
  const carried = carriedBy(groups)
  const padded = fromBase32(carried.slice(0, KEYS_CHARS))!
  const bytes = padded.subarray(0, KEYS_BYTES)
  if (padded[KEYS_BYTES] !== 0) refuse('wrong-value', 'sheet code')
  if (carried.slice(KEYS_CHARS) !== toBase32(checkOf(bytes), CODE_CHECK_BITS)) refuse('wrong-value', 'sheet code')
  return readKeys(new Reader(bytes, 'sheet code'))
}
