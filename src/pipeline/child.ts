import type { Table } from 'drizzle-orm'
import type { z } from 'zod'
import type { ChildColumns } from './columns/columns.js'
import type { KeyValue } from './define-pipeline.js'

/** Rows of another table that are made from a part of each record, and stand or fall with it. */
export interface ChildDefinition<Each extends string, Schema extends z.ZodType, Target extends Table> {
  /** Tells the children of a pipeline apart, in reports and in the ledger: `orders/lines`. */
  name: string
  /**
   * The field of the record above that holds the elements: an array, or an object whose values are the elements. Missing or
   * null is no element. Without it the record above itself is the one element: a second row of the same record.
   */
  each?: Each
  /**
   * The element. It may declare `$index` (its position, from 0), `$key` (its key in an object), `$parent` (the record above)
   * and, when elements are no objects, `$value`.
   */
  record: Schema
  /** What identifies an element within its record, so that a later run knows it. Needed with `each`. */
  key?:
    | (keyof z.output<Schema> & string)
    | readonly (keyof z.output<Schema> & string)[]
    | ((element: z.output<Schema>) => KeyValue | readonly KeyValue[])
  target: Target
  columns: ChildColumns<z.output<Schema>, Target>
  /** `every-unique` (default), or the unique keys to match on, each by the names of its columns. */
  match?: 'every-unique' | readonly (readonly string[])[]
  /** Children of the children. */
  children?: readonly Child<keyof z.output<Schema> & string>[]
}

/** A child whose types were checked, as a pipeline takes it. `Each` is the field it reads. */
export interface Child<out Each extends string = string> {
  readonly name: string
  readonly each?: Each
  readonly record: z.ZodType
  readonly key?: string | readonly string[] | ((element: never) => unknown)
  readonly target: Table
  readonly columns: Readonly<Record<string, unknown>>
  readonly match?: 'every-unique' | readonly (readonly string[])[]
  readonly children?: readonly Child[]
}

/**
 * Nested elements as rows of another table. They are written with their record or not at all; an element that is gone from its
 * record takes its row with it, unless somebody edited that row or it was there before.
 *
 * `child({ name: 'lines', each: 'lines', record: z.object({ sku: z.string() }), key: 'sku', target: orderLines,
 * columns: { orderId: parent(), sku: 'sku' } })`
 */
export function child<const Each extends string, Schema extends z.ZodType, Target extends Table>(
  definition: ChildDefinition<Each, Schema, Target>,
): Child<Each> {
  return Object.freeze({ ...definition })
}
