/**
 * The only storage of the pages: small texts by name, for the device or for this tab. Messenger browsers and private
 * windows may drop it or throw; then everything goes on in memory as long as the page is open.
 */
type Scope = 'device' | 'tab'

const memory = new Map<string, string>()

const store = (scope: Scope): Storage | null => {
  try {
    return scope === 'device' ? window.localStorage : window.sessionStorage
  } catch {
    return null
  }
}

const named = (scope: Scope, name: string): string => `${scope}/${name}`

export function read(scope: Scope, name: string): string | null {
  try {
    return store(scope)?.getItem(name) ?? memory.get(named(scope, name)) ?? null
  } catch {
    return memory.get(named(scope, name)) ?? null
  }
}

/** True if it will survive a reload. */
export function write(scope: Scope, name: string, text: string): boolean {
  memory.set(named(scope, name), text)
  try {
    const kept = store(scope)
    kept?.setItem(name, text)
    return kept?.getItem(name) === text
  } catch {
    return false
  }
}

export function erase(scope: Scope, name: string): void {
  memory.delete(named(scope, name))
  try {
    store(scope)?.removeItem(name)
  } catch {
    // What cannot be reached holds nothing of ours.
  }
}

/** Names in this scope that begin so. */
export function names(scope: Scope, start: string): readonly string[] {
  const found = new Set([...memory.keys()].filter(k => k.startsWith(`${scope}/`)).map(k => k.slice(scope.length + 1)))
  try {
    const kept = store(scope)
    for (let i = 0; kept && i < kept.length; i++) found.add(kept.key(i)!)
  } catch {
    // As above.
  }
  return [...found].filter(name => name.startsWith(start)).sort()
}
