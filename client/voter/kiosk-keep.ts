/**
 * The memory of a tablet for everybody: that of the page, which ends with each voter. One thing alone outlives a crash or a
 * reload, in the tab's storage: the sealed bytes of a ballot that has no receipt yet. They show no choice.
 *
 * Trust: who reads the tab's storage in that moment holds a ballot that will stand on the board anyway, and knows that it
 * came from this tablet.
 */
import type { Keep } from './env.ts'
import { parseKept } from './kept.ts'

export interface KioskKeep extends Keep {
  /** A ballot was sealed here before this page was loaded, and has no receipt. */
  readonly leftover: boolean
  readonly forget: () => void
}

const LEFTOVER = 'kiosk/'

/** Looked at closely only where the word stands: reading keys takes a while, and this is asked at every tap. */
const isSealed = (text: string): boolean => text.includes('"sealed"') && parseKept(text)?.going?.stage === 'sealed'

/** `tab` is what survives a reload; everything in it but sealed bytes is erased at once. */
export function kioskKeep(tab: Keep): KioskKeep {
  const memory = new Map<string, string>()
  for (const name of tab.names('tab', '')) {
    const text = tab.read('tab', name) ?? ''
    if (name.startsWith(LEFTOVER) && isSealed(text)) memory.set(name.slice(LEFTOVER.length), text)
    else tab.erase('tab', name)
  }
  const named = (scope: 'device' | 'tab', name: string): string => `${scope}/${name}`
  return {
    leftover: memory.size > 0,
    read: (scope, name) => memory.get(named(scope, name)) ?? null,
    write: (scope, name, text) => {
      memory.set(named(scope, name), text)
      if (scope === 'device' && isSealed(text)) return tab.write('tab', LEFTOVER + named(scope, name), text)
      tab.erase('tab', LEFTOVER + named(scope, name))
      return false
    },
    erase: (scope, name) => {
      memory.delete(named(scope, name))
      tab.erase('tab', LEFTOVER + named(scope, name))
    },
    names: (scope, start) =>
      [...memory.keys()]
        .filter(name => name.startsWith(named(scope, start)))
        .map(name => name.slice(scope.length + 1))
        .sort(),
    forget: () => memory.clear(),
  }
}
