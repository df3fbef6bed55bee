/** What follows from what once a ballot is cast, and for a receipt by itself. */
import { fromBase64url } from '../../crypto/bytes.ts'
import { readShortCode } from './place.ts'
import { again, FIRST_TRY } from './refusals.ts'
import type { At, Event, Screen, Sought } from './screen.ts'
import { practice } from './voting.ts'

export function afterwards(screen: At<'cast' | 'left' | 'counted' | 'missing'>, event: Event): Screen {
  const own = screen.at === 'left' ? screen.cast.own : screen.own
  switch (event.type) {
    case 'counted':
      return { at: 'counted', own, closingCode: event.closingCode, published: event.published }
    case 'missing':
      return { at: 'missing', own: event.lost ? { ...own, receipt: event.lost } : own, what: event.what }
    case 'annulled':
      return screen.at === 'cast'
        ? { ...screen, annulled: true }
        : screen.at === 'left'
          ? { at: 'left', cast: { ...screen.cast, annulled: true } }
          : screen
    case 'save':
      return screen.at === 'left' ? screen : { ...screen, own: { ...own, saved: 'asking' } }
    case 'saved':
      return screen.at === 'left' ? screen : { ...screen, own: { ...own, saved: event.as } }
    case 'why':
      return { at: 'why', back: screen }
    case 'practise':
      return practice(screen, own.poll, 0)
    case 'close':
      if (screen.at !== 'cast') return screen
      return screen.practice ? { at: 'practised', back: screen.practice } : { at: 'left', cast: screen }
    case 'back':
      return screen.at === 'left' ? screen.cast : screen
    default:
      return screen
  }
}

// ── a receipt by itself ─────────────────────────────────────────────────────────────────────────────────────────

/** What a saved receipt's link says behind its `#`; of an envelope, its kind too. */
export function soughtIn(fragment: string): Sought | null {
  const [manifest = '', leafText = '', signatureText = '', kind = '0'] = fragment.split('.')
  const leaf = fromBase64url(leafText)
  const signature = fromBase64url(signatureText)
  if (
    fromBase64url(manifest)?.length !== 20 ||
    leaf?.length !== 32 ||
    signature?.length !== 64 ||
    !/^(\d|1[0-5])$/.test(kind)
  )
    return null
  return { manifest, leaf: { kind: Number(kind), leaf, signature } }
}

export function receipt(screen: At<'asking' | 'looking' | 'looked'>, event: Event): Screen {
  const { typed } = screen
  switch (event.type) {
    case 'type-receipt':
      return { at: 'asking', typed: event.typed, wrong: null }
    case 'submit': {
      const leaf = readShortCode(typed.leaf)
      const manifest = readShortCode(typed.short)
      if (leaf === null) return { at: 'asking', typed, wrong: 'leaf' }
      if (manifest === null) return { at: 'asking', typed, wrong: 'short' }
      return { at: 'looking', typed, sought: { manifest, leaf: { short: leaf } }, tries: FIRST_TRY }
    }
    case 'trouble':
      return screen.at === 'looking' ? { ...screen, tries: again(screen.tries, event) } : screen
    case 'looked':
      return screen.at === 'looking' ? { at: 'looked', typed, sought: screen.sought, found: event.found } : screen
    case 'retry':
      return screen.at === 'looked' ? { at: 'looking', typed, sought: screen.sought, tries: FIRST_TRY } : screen
    case 'back':
      return { at: 'asking', typed, wrong: null }
    default:
      return screen
  }
}
