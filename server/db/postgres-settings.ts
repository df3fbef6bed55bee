/**
 * How a PostgreSQL server must be set. It may write nothing down beside the tables by which people could be tied to
 * ballots: statements, keys and whole rows of those that failed, and the time of each. And its transactions must be
 * serializable, or a ballot could be acknowledged and missing from the count. Refused before anything is stored.
 *
 * Trust: this reads what the server says of itself for the connection at hand. Who runs the server can change it later,
 * and can write down what they like.
 */
import type { ClientBase } from 'pg'

interface Unfit {
  readonly name: string
  readonly value: string
  readonly wanted: string
  /** What mends it, name and value. `role`: by `alter role … set`; else in the server's configuration, with a restart. */
  readonly mend: readonly [name: string, value: string]
  readonly where: 'role' | 'server'
}

/** The server is set otherwise than it must be: nothing is stored in it. */
export class UnfitDatabase extends Error {
  readonly settings: readonly Unfit[]
  /** Whose connection it is. */
  readonly role: string
  constructor(settings: readonly Unfit[], role: string) {
    super(settings.map(({ name, value, wanted }) => `${name} = ${value}, not ${wanted}`).join('; '))
    this.settings = settings
    this.role = role
  }
}

/** With this one nothing below FATAL is written of a connection's doings: no error, no statement, no duration. */
const SILENCE = 'log_min_messages'
const isSilent = (value: string | null): boolean => value === 'fatal' || value === 'panic'

/** Where errors are written: each with what it may be, the wanted value first. */
const LOG: readonly (readonly [name: string, ...allowed: readonly string[]])[] = [
  ['log_statement', 'none', 'ddl'],
  ['log_min_duration_statement', '-1'],
  ['log_min_duration_sample', '-1'],
  ['log_transaction_sample_rate', '0'],
  ['log_duration', 'off'],
  // Otherwise with the keys, or the whole row, that broke a constraint.
  ['log_error_verbosity', 'terse'],
  ['log_min_error_statement', 'panic', 'fatal'],
  ['log_statement_stats', 'off'],
  ['log_parser_stats', 'off'],
  ['log_planner_stats', 'off'],
  ['log_executor_stats', 'off'],
  ['debug_print_parse', 'off'],
  ['debug_print_rewritten', 'off'],
  ['debug_print_plan', 'off'],
  ['auto_explain.log_min_duration', '-1'],
  ['pgaudit.log', 'none', ''],
]

/** A time for each transaction, and each row names the transaction that wrote it. */
const CLOCK = ['track_commit_timestamp', 'off'] as const

/** Asked for with the connection; a pooler may have kept it back. */
export const ISOLATION = 'default_transaction_isolation'

/** The connection is as silent as it may make itself; throws `UnfitDatabase` where it is not as it must be. */
export async function checkSettings(client: ClientBase): Promise<void> {
  if ((await unfitOf(client)).some(({ mend: [name] }) => name === SILENCE))
    // Refused to whom it was not granted: then what is in force decides.
    await client.query(`set ${SILENCE} = fatal`).catch(() => {})
  const unfit = await unfitOf(client)
  if (unfit.length === 0) return
  const { rows } = await client.query<{ readonly role: string }>('select quote_ident(current_user) as role')
  throw new UnfitDatabase(unfit, rows[0]!.role)
}

/** Settings that an engine does not have are null, and tell nothing. */
async function unfitOf(client: ClientBase): Promise<readonly Unfit[]> {
  const names = [SILENCE, CLOCK[0], ISOLATION, ...LOG.map(([name]) => name)]
  const { rows } = await client.query<(string | null)[]>({
    text: `select ${names.map((_, i) => `current_setting($${i + 1}, true)`).join(', ')}`,
    values: names,
    rowMode: 'array',
  })
  const [silence, clock, isolation, ...log] = rows[0]!
  const wrong = (
    [name, ...allowed]: readonly string[],
    value: string | null | undefined,
    where: Unfit['where'],
    mend?: Unfit['mend'],
  ): readonly Unfit[] =>
    value == null || allowed.includes(value)
      ? []
      : [{ name: name!, value, wanted: allowed[0]!, where, mend: mend ?? [name!, allowed[0]!] }]
  return [
    ...wrong([ISOLATION, 'serializable'], isolation, 'role'),
    ...wrong(CLOCK, clock, 'server'),
    ...(isSilent(silence ?? null) ? [] : LOG.flatMap((row, i) => wrong(row, log[i], 'role', [SILENCE, 'fatal']))),
  ]
}
