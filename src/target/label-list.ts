import { quoteName } from './quote-name.js'
import type { Check, TargetTable } from './table.js'
import { parseLabelCheck } from './parse-label-check.js'

/** A closed list of texts: all that the live database lets a column hold. */
export interface LabelList {
  readonly column: string
  readonly labels: readonly string[]
  /** What holds it: an enum type, or a check of the table. A check without a name cannot be altered. */
  readonly by:
    | { readonly kind: 'type'; /** Quoted for statements. */ readonly sql: string }
    | { readonly kind: 'check'; readonly name: string | undefined }
}

/** The list that a check of one column is, `undefined` when it is none that can be read. */
export function labelListOf(
  check: Pick<Check, 'expression' | 'columns'>,
  name: string | undefined,
): LabelList | undefined {
  const [column, ...others] = check.columns
  const labels = parseLabelCheck(check.expression)
  if (column === undefined || others.length > 0 || labels === undefined) return undefined
  return { column, labels, by: { kind: 'check', name } }
}

/**
 * The statements that let a column hold these labels; none where no statement can.
 *
 * A type: `ALTER TYPE "mood" ADD VALUE 'new' AFTER 'old';`, so that its order is the wanted one ·
 * a check: dropped, and added again with all of them
 *
 * @param wanted in the order that the schema declares them, which is how the check is written
 */
export function widenLabels(
  table: Pick<TargetTable, 'sql'>,
  { column, labels, by }: LabelList,
  wanted: readonly string[],
): string[] {
  if (by.kind === 'type')
    return wanted
      .filter((label) => !labels.includes(label))
      .map((label) => `ALTER TYPE ${by.sql} ADD VALUE ${literal(label)}${placeOf(label, labels, wanted)};`)
  if (by.name === undefined) return []
  const all = [...wanted, ...labels.filter((label) => !wanted.includes(label))]
  const name = quoteName(by.name)
  return [
    `ALTER TABLE ${table.sql} DROP CONSTRAINT ${name};`,
    `ALTER TABLE ${table.sql} ADD CONSTRAINT ${name} CHECK (${quoteName(column)} IN (${all.map(literal).join(', ')}));`,
  ]
}

/** Where a label goes: behind the wanted one before it, which is there by then; the first one before the next that is there. */
function placeOf(label: string, labels: readonly string[], wanted: readonly string[]): string {
  const before = wanted[wanted.indexOf(label) - 1]
  if (before !== undefined) return ` AFTER ${literal(before)}`
  const next = wanted.find((other) => labels.includes(other))
  return next === undefined ? '' : ` BEFORE ${literal(next)}`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
