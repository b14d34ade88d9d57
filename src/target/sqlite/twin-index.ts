import { is, SQL } from 'drizzle-orm'
import type { Index, IndexedColumn } from 'drizzle-orm/pg-core'
import { quoteName } from './quote.js'
import { twinExpression, type TwinGround } from './twin-ground.js'

/** An index of a twin. */
export interface TwinIndex {
  readonly name: string
  readonly unique: boolean
  readonly create: string
}

/** The indexes of a table: unique constraints become unique indexes, so that they can be added to a table that is there. */
export function twinIndexes(ground: TwinGround): TwinIndex[] {
  const { config } = ground
  const beside = config.columns
    .filter((column) => column.isUnique)
    .map((column) =>
      uniqueIndex(ground, column.uniqueName as string, [column.name], column.uniqueType === 'not distinct'),
    )
  const constraints = config.uniqueConstraints.map((unique) =>
    uniqueIndex(
      ground,
      unique.getName() as string,
      unique.columns.map((column) => column.name),
      unique.nullsNotDistinct,
    ),
  )
  // Other methods than btree (gin, gist, hash) serve searches that SQLite has no index for.
  const indexes = config.indexes
    .filter((index) => index.config.unique || (index.config.method ?? 'btree') === 'btree')
    .map((index) => declaredIndex(ground, index))
  return [...beside, ...constraints, ...indexes]
}

/** A blob equals no text and no number: nulls become equal to each other and to nothing else. */
function uniqueIndex(
  ground: TwinGround,
  name: string,
  columns: readonly string[],
  nullsNotDistinct: boolean,
): TwinIndex {
  const members = columns.map((column) =>
    nullsNotDistinct ? `ifnull(${quoteName(column)}, x'00')` : quoteName(column),
  )
  return indexOf(ground, name, true, members, undefined)
}

function declaredIndex(ground: TwinGround, { config }: Index): TwinIndex {
  const members = config.columns.map((member) =>
    is(member, SQL) ? twinExpression(ground, member) : memberColumn(member as IndexedColumn),
  )
  const columns = config.columns.map((member) =>
    is(member, SQL) ? 'expression' : ((member as IndexedColumn).name ?? ''),
  )
  const name = config.name ?? `${ground.config.name}_${columns.join('_')}_index`
  const predicate = config.where === undefined ? undefined : twinExpression(ground, config.where)
  return indexOf(ground, name, config.unique ?? false, members, predicate)
}

function memberColumn({ name, indexConfig }: IndexedColumn): string {
  return `${quoteName(name ?? '')}${indexConfig.order === 'desc' ? ' desc' : ''}`
}

function indexOf(
  ground: TwinGround,
  name: string,
  unique: boolean,
  members: readonly string[],
  predicate: string | undefined,
): TwinIndex {
  // Names of indexes are global in SQLite.
  const { schema } = ground.config
  const liveName = schema === undefined ? name : `${schema}_${name}`
  const where = predicate === undefined ? '' : ` where ${predicate}`
  const create = `create ${unique ? 'unique ' : ''}index ${quoteName(liveName)} on ${quoteName(ground.liveName)} (${members.join(', ')})${where}`
  return { name: liveName, unique, create }
}
