/** The rule packs, guided forms and ballot forms that come with the program, as the very texts whose hashes name them. */
import { readdirSync, readFileSync } from 'node:fs'

const FOLDER = new URL('./rules/packs/', import.meta.url)

/** Every shipped pack, by file name. */
export const readRulebook = (): readonly string[] => textsIn(FOLDER)

/** What is filled in by hand, by two people, before it becomes a pack. */
export const readForms = (): readonly string[] => textsIn(new URL('forms/', FOLDER))

/** Every shipped form of a ballot, by file name. */
export const readBallotForms = (): readonly string[] => textsIn(new URL('./forms/', import.meta.url))

const textsIn = (folder: URL): readonly string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => readFileSync(new URL(name, folder), 'utf8'))
