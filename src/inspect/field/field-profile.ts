import type { DistinctCount } from '../counting/distinct-counter.js'

/** How many values of each type a field has. */
export interface TypeCounts {
  text: number
  integer: number
  /** Beyond ±(2^53 - 1). */
  bigInteger: number
  decimal: number
  boolean: number
  object: number
  array: number
  null: number
}

/** The smallest and the largest of something. */
export interface Range<Value> {
  min: Value
  max: Value
}

/** A value of an enum-like field, and the spellings that differ from it by case, spaces, `-` and `_` alone. */
export interface ValueGroup {
  /** The spelling that occurs most. */
  value: string
  /** All spellings together. */
  count: number
  /** Without the first one. */
  variants: { value: string; count: number }[]
}

/** What one field of a collection holds. */
export interface FieldProfile {
  /** `address.city`, `tags[]`, `lines[].sku`; `*` stands for the keys of an object that has too many. */
  path: string
  /** Its name when it is a field of the record itself. */
  key: string | null
  /** How many of the objects that could have it do, and how many these are. */
  present: number
  of: number
  types: TypeCounts
  emptyTexts: number
  /** Of texts, numbers and booleans; `7` and `'7'` are the same. */
  distinct: DistinctCount
  numbers: Range<string> | null
  /** The most digits before and behind the point, of numbers and texts that are numbers. */
  digits: { integer: number; fraction: number } | null
  /** Of texts that are not empty. */
  characters: Range<number> | null
  bytes: Range<number> | null
  /** In UTC, of texts and numbers that are instants; text without a zone is taken for UTC. */
  instants: Range<string> | null
  /** How many elements the arrays have. */
  elements: (Range<number> & { total: number }) | null
  /** Forms of texts, numbers and objects, the most frequent first; `share` is of the values that are not null or ''. */
  patterns: { name: string; count: number; share: number }[]
  /** Spaces at an end. */
  outerSpaces: number
  loneSurrogates: number
  nulCharacters: number
  notNormalized: number
  /** Of a field with few values, the most frequent first. */
  values: ValueGroup[] | null
  /** The first few values; only when values are to be shown. */
  examples?: string[]
}
