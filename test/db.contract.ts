/**
 * What the application relies on of every engine, whichever it is: two halves, since an engine may be for the directory
 * alone (D1) or for polls alone (Durable Objects). An engine's own test file opens real places and calls
 * `directoryContract`, `pollContract`, or `contract` for both; what is an engine's own stands there.
 *
 * Nothing here counts on an order in which writes that were begun together are carried out.
 */
import { describe, expect, it } from 'vitest'
import type { Databases } from '../server/db.ts'
import { VERSION } from '../server/schema/tables.ts'
import { insertPoll } from '../server/store/polls.ts'
import { boxPromises } from './db.contract-box.ts'
import { directoryPromises } from './db.contract-directory.ts'
import { pollPromises } from './db.contract-polls.ts'
import { type Engine, outcome, type Part, withPlace } from './engine.ts'
import { pollRow } from './rows.ts'

export function contract(engine: Engine<Databases>): void {
  directoryContract(engine)
  pollContract(engine)
}

export const directoryContract = (engine: Engine<Pick<Databases, 'directory'>>): unknown =>
  describe(`the directory on ${engine.name}`, () => {
    directoryPromises(engine)
    opening(engine, ({ directory }) => directory.read.selectFrom('setting').selectAll().execute())
  })

export const pollContract = (engine: Engine<Pick<Databases, 'of'>>): unknown =>
  describe(`polls on ${engine.name}`, () => {
    pollPromises(engine)
    boxPromises(engine)
    // A poll's database is there once something is in it.
    opening(
      engine,
      ({ of }) => of(new Uint8Array(16)).read.selectFrom('poll').selectAll().execute(),
      async ({ of }) => {
        const id = new Uint8Array(16)
        await of(id).write([insertPoll(of(id), pollRow(id, new Uint8Array(32)))])
      },
    )
  })

function opening<P extends Part>(
  engine: Engine<P>,
  look: (parts: P) => Promise<unknown>,
  fill: (parts: P) => Promise<void> = async () => {},
): void {
  it('is refused where its tables were made by a newer release; those of this one are opened', () =>
    withPlace(engine, async place => {
      await fill(place.parts)
      await place.stamp(VERSION)
      const open = async () => {
        await place.again()
        return look(place.parts)
      }
      expect(await outcome(open())).toBe('done')
      await place.stamp(VERSION + 1)
      expect(await outcome(open())).toBe('newer')
    }))
}
