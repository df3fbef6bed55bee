/** The contract of databases in a local workerd: polls in Durable Objects, the directory in D1. */
import { afterAll } from 'vitest'
import type { Databases } from '../server/db.ts'
import { DIRECTORY } from '../server/schema/tables.ts'
import { directoryContract, pollContract } from './db.contract.ts'
import { type Engine, outcome, words } from './engine.ts'
import { startWorkerd, type Workerd } from './workerd.ts'

/** One runtime for all; null before the first, and where the last one left what no other may find. */
let running: Workerd | null = null
const workerd = async (): Promise<Workerd> => {
  running ??= await startWorkerd()
  return running
}
const end = async (): Promise<void> => {
  const last = running
  running = null
  await last?.close()
}
afterAll(end)

const stamped = (version: number) => words(`update release set version = ${version}`)
const lacks = { order: 'the platform shows nobody its files; what it keeps stands in docs/operations.md' }

/** Every poll has an object of its own: a new place is a new handle. */
const DURABLE_OBJECTS: Engine<Pick<Databases, 'of'>> = {
  name: 'Durable Objects',
  lacks,
  open: async () => {
    const { of, kill, restart } = await workerd()
    const parts = { of }
    const first = new Uint8Array(16)
    return {
      parts,
      again: restart,
      stamp: version => of(first).write([stamped(version)]),
      // Each question goes to the object as from another isolate.
      beside: async () => ({ parts, close: async () => {} }),
      kill: () => kill().then(restart),
      close: async () => {},
    }
  },
}

const TABLES = [...DIRECTORY.tables.map(text => /create table "?(\w+)/.exec(text)![1]!), 'release']

/** One database for all: emptied by dropping its tables, which the next question makes. */
const D1: Engine<Pick<Databases, 'directory'>> = {
  name: 'D1',
  lacks,
  open: async () => {
    const { directory, kill, restart } = await workerd()
    const parts = { directory }
    return {
      parts,
      again: restart,
      stamp: version => directory.write([stamped(version)]),
      beside: async () => ({ parts, close: async () => {} }),
      kill: () => kill().then(restart),
      close: async () => {
        const dropped = directory.write(TABLES.toReversed().map(table => words(`drop table ${table}`)))
        // Those of a newer release are out of reach.
        if ((await outcome(dropped)) !== 'done') await end()
      },
    }
  },
}

directoryContract(D1)
pollContract(DURABLE_OBJECTS)
