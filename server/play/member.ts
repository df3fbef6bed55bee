/** The sealing of the box as it is played: every device in one room, what they say carried by hand. */
import type { Rng } from '../../crypto/bytes.ts'
import { MemberDevice } from '../../crypto/device.ts'
import { encrypt } from '../../crypto/elgamal.ts'
import { G } from '../../crypto/group.ts'
import type { Trustee } from '../../crypto/manifest.ts'
import { subsetsOf } from '../../crypto/rehearsal.ts'
import { interpolate } from '../../crypto/share.ts'
import { type Ceremony, electionKeyOf, type Package } from '../../crypto/trustees.ts'

/** The sealing of the box: the whole ceremony, the rehearsal with every subset of `t`, the team for the manifest. */
export function holdCeremony(
  ceremony: Ceremony,
  names: readonly string[],
  rng: Rng,
): { readonly devices: readonly MemberDevice[]; readonly trustees: readonly Trustee[] } {
  const devices = names.map((name, i) => MemberDevice.unkept(ceremony, i + 1, name, rng))
  const commitments = devices.map(device => device.commitment)
  const packages = devices.map(device => device.reveal(commitments))
  const boxes = devices.map(device => device.shares(packages, commitments))
  const trustees = devices.map((device, i): Trustee => {
    const received = new Map(boxes.flatMap((sent, from) => (from === i ? [] : [[from + 1, sent.get(i + 1)!]])))
    return { ...packages[i]!, confirmation: device.confirm(packages, received) }
  })
  rehearseAll(ceremony, devices, packages, rng)
  return { devices, trustees }
}

/** A test ciphertext of 1 opens with every subset of `t` devices. */
function rehearseAll(ceremony: Ceremony, devices: readonly MemberDevice[], packages: readonly Package[], rng: Rng) {
  const { ciphertext, r } = encrypt(1, electionKeyOf(packages).point, rng)
  const answers = devices.map(device => ({ index: device.index, D: device.rehearse(ciphertext.alpha, r).point }))
  for (const subset of subsetsOf(answers, ceremony.t)) {
    const opened = ciphertext.beta.point.subtract(interpolate(subset))
    if (!opened.equals(G)) throw new Error(`rehearsal of ${subset.map(({ index }) => index).join(', ')}`)
  }
}
