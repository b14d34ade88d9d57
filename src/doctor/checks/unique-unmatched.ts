import type { CompiledMapping } from '../../pipeline/compiled-pipeline.js'
import { withDescendants } from '../../pipeline/compile-children.js'
import type { SurveyedTable } from '../../target/survey.js'
import type { UniqueKey } from '../../target/table.js'
import { takesPart } from '../../target/takes-part.js'
import { labelOf } from '../beside-table.js'
import type { Check } from '../check.js'

/** A unique key of a table that is written to, by which no pipeline finds rows. */
export const uniqueUnmatched: Check = {
  code: 'unique.unmatched',
  severity: 'warning',
  why: 'A row that is there already is not found by this key, and the record that should have met it is rejected.',
  find: ({ survey, pipelines }) => {
    const mappings = pipelines.flatMap((pipeline) => [pipeline, ...withDescendants(pipeline.children)])
    return survey.tables.flatMap((table) => {
      const writing = mappings.filter(({ target }) => survey.tableOf(target) === table)
      if (writing.length === 0) return []
      return table.uniqueKeys
        .filter((key) => !key.primary && !writing.some((mapping) => matchesOn(mapping, key)))
        .filter((key) => !isMadeByDatabase(table, key, writing))
        .map((key) => ({
          object: labelOf(table, key.name),
          message: `No pipeline that writes ${table.name} matches on ${key.columns.join(', ')}: ${writing.map(({ name }) => name).join(', ')}.`,
          hint: hintOf(key, writing),
        }))
    })
  },
}

function matchesOn(mapping: CompiledMapping, key: UniqueKey): boolean {
  if (!takesPart(key, provided(mapping))) return false
  const nameOf = (property: string) =>
    mapping.columns.find((column) => column.property === property)?.name ?? property
  return (
    mapping.match === 'every-unique' ||
    mapping.match.some((properties) => {
      const names = new Set(properties.map(nameOf))
      return names.size === key.columns.length && key.columns.every((column) => names.has(column))
    })
  )
}

function provided({ columns }: CompiledMapping): string[] {
  return columns.filter(({ timing }) => timing === 'always').map(({ name }) => name)
}

/** A key like `default gen_random_uuid()` that nobody gives: each row gets a value of its own. */
function isMadeByDatabase(
  table: SurveyedTable,
  key: UniqueKey,
  writing: readonly CompiledMapping[],
): boolean {
  return key.columns.every((name) => {
    const column = table.columns.find((candidate) => candidate.name === name)
    const isDrawn = column?.identity !== undefined || column?.defaultSql?.includes('(') === true
    return isDrawn && !writing.some(({ columns }) => columns.some((given) => given.name === name))
  })
}

function hintOf(key: UniqueKey, writing: readonly CompiledMapping[]): string {
  return writing.some((mapping) => takesPart(key, provided(mapping)))
    ? `Add ${key.columns.join(' + ')} to \`match\`, or drop the constraint where it is no key.`
    : `Provide ${key.columns.join(', ')} in a pipeline, or drop the constraint where it is no key.`
}
