/// <reference types="vite/types/importMeta.d.ts" />
/**
 * The rule packs that come with the program, built into whichever page asks. Texts exactly as they stand in
 * `server/rules/packs`, since a pack's name is the hash of its bytes. On the server: `server/rulebook.ts`.
 */

const files = import.meta.glob<string>('../server/rules/packs/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** In the order of their file names. */
export const RULEBOOK: readonly string[] = Object.keys(files)
  .sort()
  .map(name => files[name]!)
