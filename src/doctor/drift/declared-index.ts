import { Column, is, SQL } from 'drizzle-orm'
import { quoteName } from '../quote.js'
import { renderSql } from './render-sql.js'

/** An index or unique constraint of a drizzle table. */
export interface DeclaredIndex {
  /** Undefined where drizzle-kit makes one up. */
  readonly name: string | undefined
  /** The columns it is over in its order, null in the place of an expression. */
  readonly columns: readonly (string | null)[]
  /** Every column that it mentions, as far as drizzle knows: not those in the text of an expression. */
  readonly reads: readonly string[]
  readonly unique: boolean
  readonly isConstraint: boolean
  readonly nullsNotDistinct: boolean
  readonly method: string
  /** Its members as they stand in a statement: `lower("email"), created_at DESC NULLS LAST`. */
  readonly membersSql: string
  readonly predicateSql: string | undefined
}

/** An index as drizzle keeps it, for either engine. */
export interface AnyIndex {
  readonly name?: string | undefined
  readonly unique?: boolean | undefined
  readonly method?: string | undefined
  readonly where?: SQL | undefined
  readonly columns: readonly unknown[]
}

/** A column of an index, with what stands behind it. */
interface Member {
  readonly name?: string
  readonly indexConfig?: { readonly order?: string; readonly nulls?: string; readonly opClass?: string }
}

/** Reads an index. */
export function declaredIndex({ name, unique, method, where, columns }: AnyIndex): DeclaredIndex {
  const plain = columns.map((member) => (is(member, SQL) ? null : ((member as Member).name ?? null)))
  const expressions = [
    ...columns.filter((member) => is(member, SQL)),
    ...(where === undefined ? [] : [where]),
  ]
  return {
    name,
    columns: plain,
    reads: [
      ...new Set([...plain.filter((column) => column !== null), ...expressions.flatMap(columnsOf)]),
    ].toSorted(),
    unique: unique === true,
    isConstraint: false,
    nullsNotDistinct: false,
    method: method ?? 'btree',
    membersSql: columns
      .map((member) => (is(member, SQL) ? `(${renderSql(member)})` : memberSql(member as Member)))
      .join(', '),
    predicateSql: where === undefined ? undefined : renderSql(where),
  }
}

/** A unique constraint. */
export function uniqueOf(
  name: string | undefined,
  columns: readonly string[],
  nullsNotDistinct: boolean,
): DeclaredIndex {
  return {
    name,
    columns,
    reads: columns.toSorted(),
    unique: true,
    isConstraint: true,
    nullsNotDistinct,
    method: 'btree',
    membersSql: columns.map(quoteName).join(', '),
    predicateSql: undefined,
  }
}

function memberSql({ name = '', indexConfig = {} }: Member): string {
  const { order, nulls = 'last', opClass } = indexConfig
  const direction =
    order === 'desc' ? ` DESC NULLS ${nulls.toUpperCase()}` : nulls === 'first' ? ' NULLS FIRST' : ''
  return `${quoteName(name)}${opClass === undefined ? '' : ` ${opClass}`}${direction}`
}

function columnsOf(sql: SQL): string[] {
  return sql.queryChunks.flatMap((chunk) =>
    is(chunk, Column) ? [chunk.name] : is(chunk, SQL) ? columnsOf(chunk) : [],
  )
}
