/**
 * A process that writes into a database until it is killed, for `db.test.ts`: one setting after another, several in the
 * same turn, and each is told to the parent once it was acknowledged, or once it was refused because the disk is full.
 *
 *     node test/db-writer.ts <file>
 */

import { openSqlite } from '../server/db/sqlite.ts'
import { DiskFull } from '../server/db.ts'

const AT_ONCE = 5
const VALUE = 'x'.repeat(500)

/** By the setting's name. */
export type Told = { readonly stored: string } | { readonly full: string }

const { directory } = openSqlite(process.argv[2]!)
const tell = (told: Told) => process.stdout.write(`${JSON.stringify(told)}\n`)

for (let turn = 0; ; turn++)
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, i) => {
      const name = `${process.pid}/${turn}/${i}`
      try {
        await directory.write([directory.read.insertInto('setting').values({ name, value: VALUE })])
        tell({ stored: name })
      } catch (error) {
        if (!(error instanceof DiskFull)) throw error
        tell({ full: name })
        // The log is emptied in quiet moments, which is when a full disk shows a second time.
        await new Promise(resolve => setTimeout(resolve, 200))
      }
    }),
  )
