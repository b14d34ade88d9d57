import type { Staged } from '../batch.js'
import type { Failure } from '../writes.js'
import { takesPart } from '../takes-part.js'
import { isFallible } from './fallible.js'
import { memberOf, withDefaults } from './probe.js'
import { quoteName } from './quote.js'
import type { Session } from './session.js'
import { castsOf, stageSql } from './stage.js'
import { failureCode, ServerError } from './translate-error.js'
import { tryEach } from './try-each.js'

/** An expression of a check or a key that may raise, and the columns it reads. */
interface Judgement {
  readonly constraint: string
  readonly columns: readonly string[]
  readonly sql: string
}

/**
 * Records that a check or a key of the table cannot be computed of: a division by zero, text that is no number. All are tried
 * in one statement; when it fails, the server tries each in a block, which writes nothing.
 */
export async function uncomputable(session: Session, staged: Staged): Promise<Failure[]> {
  const judgements = fallibleJudgements(staged)
  if (judgements.length === 0 || staged.rows.length === 0) return []
  await session.query('savepoint carryover_compute')
  try {
    await computeAll(session, staged, judgements)
    await session.query('release savepoint carryover_compute')
    return []
  } catch (error) {
    if (!(error instanceof ServerError) || error.retryable) throw error
  }
  await session.query('rollback to savepoint carryover_compute; release savepoint carryover_compute')
  return computeEach(session, staged, judgements)
}

function fallibleJudgements({ table, columns }: Staged): Judgement[] {
  const provided = new Set(columns)
  const checks = table.checks
    .filter((check) => check.columns.every((column) => provided.has(column)))
    .map(({ name, columns: read, expression }) => ({ constraint: name, columns: read, sql: expression }))
  const keys = table.uniqueKeys
    .filter((key) => takesPart(key, columns))
    .flatMap((key) => {
      const expressions = [...key.parts.map((part) => memberOf(key, part)), key.predicate ?? 'true']
      return expressions.map((sql) => ({ constraint: key.name, columns: key.columns, sql }))
    })
  return [...checks, ...keys].filter(({ sql }) => isFallible(sql))
}

async function computeAll(session: Session, staged: Staged, judgements: readonly Judgement[]): Promise<void> {
  const stage = stageSql(staged.table, staged.columns, staged.rows)
  const { sql, params } = withDefaults(stage, staged.table, staged.columns, readBy(judgements))
  await session.query(
    `select ${judgements.map((item) => `count(${item.sql})`).join(', ')} from (${sql}) ${alias(staged)}`,
    params,
  )
}

async function computeEach(
  session: Session,
  staged: Staged,
  judgements: readonly Judgement[],
): Promise<Failure[]> {
  const casts = castsOf(staged.table)
  const values = staged.columns.map(
    (column, index) => `(item.v ->> 'c${index}')::${casts.get(column)} as ${quoteName(column)}`,
  )
  const record = withDefaults(
    { sql: `select ${values.join(', ')}`, params: [] },
    staged.table,
    staged.columns,
    readBy(judgements),
  )
  const batch = staged.rows.map((row) => ({
    o: row.ordinal,
    v: Object.fromEntries(row.values.map((value, index) => [`c${index}`, value])),
  }))
  const refusals = await tryEach<{ o: number; s: string; i: number }>(session, batch, {
    columns: 'v json',
    variables: 'at int;',
    body: judgements
      .map(({ sql }, index) => `at := ${index}; perform (${sql}) from (${record.sql}) ${alias(staged)};`)
      .join(' '),
    refused: `jsonb_build_object('o', item.o, 's', sqlstate, 'i', at)`,
  })
  return refusals.map(({ o, s, i }) => {
    const { constraint, columns } = judgements[i] as Judgement
    return {
      ordinal: o,
      code: failureCode(s),
      constraint,
      column: columns.length === 1 ? columns[0] : undefined,
      nativeCode: s,
    }
  })
}

/** The table's own name: a check may read the row as a whole by it. */
function alias({ table }: Staged): string {
  return quoteName(table.name.split('.').at(-1) as string)
}

function readBy(judgements: readonly Judgement[]): ReadonlySet<string> {
  return new Set(judgements.flatMap((item) => item.columns))
}
