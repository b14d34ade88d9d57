/** What a column takes, in words that both engines share. */
export type ColumnType =
  /** `padded`: `char(n)`, whose trailing blanks mean nothing. */
  | { kind: 'text'; maxLength?: number; padded?: true }
  | { kind: 'integer'; bits: 16 | 32 | 64 }
  | { kind: 'numeric'; precision?: number; scale?: number }
  | { kind: 'float'; bits: 32 | 64 }
  | { kind: 'boolean' }
  | { kind: 'uuid' }
  /** `precision`: digits of the second's fraction, 0–6. */
  | { kind: 'timestamp'; zoned: boolean; precision: number }
  | { kind: 'date' }
  | { kind: 'time'; zoned: boolean; precision: number }
  | { kind: 'json'; binary: boolean }
  | { kind: 'enum'; labels: readonly string[] }
  | { kind: 'bytes' }
  /** Of any number of dimensions: Postgres keeps none of those that were declared. */
  | { kind: 'array'; element: ColumnType }
  | { kind: 'other'; name: string }
