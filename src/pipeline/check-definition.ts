import { getTableColumns, type Table } from 'drizzle-orm'
import type { Report } from './compile-columns.js'

/** What has a key and a match: a pipeline, or a child. */
interface Keyed {
  readonly name: string
  readonly key?: string | readonly string[] | ((record: never) => unknown)
  readonly target: Table
  readonly match?: 'every-unique' | readonly (readonly string[])[]
}

/** Reports a key that is missing, or reads fields that are not there. */
export function checkKey(pipeline: Keyed, fields: ReadonlySet<string> | undefined, report: Report): void {
  if (typeof pipeline.key === 'function') return
  const names = typeof pipeline.key === 'string' ? [pipeline.key] : pipeline.key
  if (!Array.isArray(names) || names.length === 0) {
    report('pipeline.key', `${pipeline.name} needs a key: the field that identifies a record across runs.`)
    return
  }
  for (const name of names as string[]) {
    if (fields !== undefined && !fields.has(name)) {
      report(
        'pipeline.no_such_field',
        `The key of ${pipeline.name} reads the field ${name}, which the record does not have.`,
      )
    }
  }
}

/** Reports a match over columns that are not there. */
export function checkMatch(pipeline: Keyed, report: Report): void {
  if (pipeline.match === undefined || pipeline.match === 'every-unique') return
  const names = new Set(Object.keys(getTableColumns(pipeline.target)))
  for (const key of pipeline.match) {
    for (const column of key) {
      if (!names.has(column))
        report(
          'pipeline.no_such_column',
          `The match of ${pipeline.name} names the column ${column}, which its target does not have.`,
        )
    }
  }
}
