import { DefinitionError } from '../errors.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { reportedColumns } from '../pipeline/reported-columns.js'
import { widenLabels, type LabelList } from '../target/label-list.js'
import type { TargetTable } from '../target/table.js'
import type { RunContext } from './run-context.js'

/**
 * Sees to it that every value an enum can give has its place in the live database, before any record is read: a type or a check
 * that is behind would reject records one by one.
 * @throws DefinitionError `pipeline.enum_label` with all that is lacking, and the statements that would mend it
 */
export async function requireLabels(
  { tableOf }: Pick<RunContext, 'tableOf'>,
  pipelines: readonly CompiledPipeline[],
): Promise<void> {
  const lacking: string[] = []
  const statements: string[] = []
  for (const pipeline of pipelines) {
    for (const { mapping, column } of reportedColumns(pipeline)) {
      const { name, rule } = column
      if (rule.kind !== 'enum') continue
      const table = await tableOf(mapping.name)
      for (const list of table.labelLists.filter((one) => one.column === name)) {
        const values = valuesLacking(table, list, rule.definition.values)
        if (values.length === 0) continue
        lacking.push(
          `${table.name}.${name} lacks ${values.join(', ')} of ${rule.definition.name} (${describe(list)})`,
        )
        statements.push(...widenLabels(table, list, rule.definition.values))
      }
    }
  }
  if (lacking.length === 0) return
  const remedy = 'Apply the migration that adds them (`carryover migrate`)'
  throw new DefinitionError(
    'pipeline.enum_label',
    `The database does not take every value of an enum:\n${[...new Set(lacking)].join('\n')}`,
    {
      hint:
        statements.length === 0 ? `${remedy}.` : [`${remedy}, or run:`, ...new Set(statements)].join('\n'),
    },
  )
}

function valuesLacking(
  { columns }: TargetTable,
  { column, labels }: LabelList,
  values: readonly string[],
): string[] {
  const foldsCase = columns.find(({ name }) => name === column)?.foldsCase === true
  const folded = (text: string) => (foldsCase ? text.toLowerCase() : text)
  const taken = new Set(labels.map(folded))
  return values.filter((value) => !taken.has(folded(value)))
}

function describe({ by }: LabelList): string {
  if (by.kind === 'type') return `type ${by.sql}`
  return by.name === undefined
    ? 'a check without a name, which only a new table can change'
    : `check ${by.name}`
}
