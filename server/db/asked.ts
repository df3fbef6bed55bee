/** Reads through kysely where the database is somewhere else: a statement goes there as text, rows come back. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

export type Value = string | number | null | Uint8Array

export type Row = Readonly<Record<string, unknown>>

/** A statement as it travels. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly Value[]
}

/** Bytes stand alone in their memory, since the whole of it would travel. */
export const statementOf = ({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): Statement => ({
  sql,
  parameters: parameters.map(value => (value instanceof Uint8Array ? value.slice() : (value as Value))),
})

/** Reads alone: what is written goes as one list (`db.ts`), and there is no transaction to begin. */
export function readingBy<Tables>(ask: (statement: Statement) => Promise<readonly Row[]>): Kysely<Tables> {
  const connection: DatabaseConnection = {
    executeQuery: async <R>(query: CompiledQuery) => ({ rows: (await ask(statementOf(query))) as R[] }),
    // biome-ignore lint/correctness/useYield: nobody reads a stream here
    streamQuery: async function* () {
      throw new Error('no streams')
    },
  }
  const never = async () => {
    throw new Error('no transactions')
  }
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => ({
        init: async () => {},
        acquireConnection: async () => connection,
        beginTransaction: never,
        commitTransaction: never,
        rollbackTransaction: never,
        releaseConnection: async () => {},
        destroy: async () => {},
      }),
      createIntrospector: db => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
}
