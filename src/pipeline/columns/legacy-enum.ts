import { sql, type SQL } from 'drizzle-orm'
import { check, text, type CheckBuilder, type PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { EnumListRule, EnumRule } from '../../record/column.js'
import { matchEnum, normalizeEnumText } from '../../record/match-enum.js'

/** How legacy values find their way to the values of today. */
export interface LegacyEnumOptions<Value extends string> {
  /** Legacy text → value of today: `'1'` for the number 1 too, `''` for null, blank text and an absent field. */
  aliases?: Readonly<Record<string, Value>>
  /** What an unknown value becomes; without it, an unknown value rejects the record. */
  fallback?: Value
  /** How text is brought to one form before it is compared. Default: trimmed, lower case, blanks and `-` as `_`. */
  normalize?: (text: string) => string
}

/** One enum, owned in one place. */
export interface LegacyEnum<Value extends string> {
  readonly name: string
  readonly values: readonly [Value, ...Value[]]
  /** The column's value, made from a legacy field. */
  from<const Field extends string>(field: Field): EnumRule<Field, Value>
  /** A list of values, each made from the one at its place in a list; a value that nobody knows rejects the record. */
  fromEach<const Field extends string>(field: Field): EnumListRule<Field, Value>
  /** A zod schema that maps legacy text to a value. */
  zod(): z.ZodType<Value>
  /** A drizzle `text` column that holds the values. */
  column(name?: string): ReturnType<typeof text<string, Value, [Value, ...Value[]]>>
  /** The `CHECK` that belongs to the column, for the table's constraints. */
  check(name: string, column: PgColumn): CheckBuilder
}

/**
 * An enum with a history. The drizzle column, the zod schema and the mapper come from this one value.
 *
 * `legacyEnum('tool_type', ['scraper', 'api'], { aliases: { website: 'scraper' }, fallback: 'api' })`
 */
export function legacyEnum<const Value extends string>(
  name: string,
  values: readonly [Value, ...Value[]],
  options: LegacyEnumOptions<NoInfer<Value>> = {},
): LegacyEnum<Value> {
  const definition = {
    name,
    values,
    aliases: options.aliases ?? {},
    fallback: options.fallback,
    normalize: options.normalize ?? normalizeEnumText,
  }
  return {
    name,
    values,
    from: (field) => ({ kind: 'enum', field, definition }),
    fromEach: (field) => ({ kind: 'enum-list', field, definition }),
    zod: () =>
      z.unknown().transform((legacy, context): Value => {
        const { value } = matchEnum(definition, legacy)
        if (value !== null) return value as Value
        context.addIssue({ code: 'custom', message: `expected a value of ${name}: ${values.join(', ')}` })
        return z.NEVER
      }),
    column: (column) => {
      const config = { enum: [...values] as [Value, ...Value[]] }
      return column === undefined ? text(config) : text(column, config)
    },
    check: (constraint, column) => check(constraint, sql`${column} in (${literals(values)})`),
  }
}

function literals(values: readonly string[]): SQL {
  return sql.raw(values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', '))
}
