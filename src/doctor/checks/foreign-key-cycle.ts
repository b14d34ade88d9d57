import type { Survey } from '../../target/survey.js'
import type { Check, Found } from '../check.js'
import { circlesOf, type Link, linksToOpen, linksWithin } from '../circles.js'
import { ownTables } from '../own-tables.js'
import { quoteName } from '../quote.js'

/**
 * Tables whose foreign keys lead back to themselves. A key that can be judged at the commit opens the circle, and a column that
 * may be null does so at the price of a second statement.
 */
export const foreignKeyCycle: Check = {
  code: 'foreign_key.cycle',
  severity: 'warning',
  why: 'The first row of a circle has to refer to one that is not there yet.',
  find: ({ survey }) => {
    const links = ownTables(survey).flatMap((table) =>
      table.foreignKeys
        .filter((key) => !key.deferrable && key.definition?.endsWith(' NOT ENFORCED') !== true)
        .map((key) => ({ table, key })),
    )
    const between = links.filter(({ table, key }) => table.name !== key.parent)
    const selfish = links.filter((link) => link.table.name === link.key.parent && isRequired(link))
    return [
      ...circlesOf(between).map((circle) => circleFound(survey, circle, linksWithin(circle, between))),
      ...selfish.map((link) => selfFound(survey, link)),
    ]
  },
}

/** A null in one column is enough for a key not to be judged. */
function isRequired({ table, key }: Link): boolean {
  return key.columns.every((name) => table.columns.some((column) => column.name === name && !column.nullable))
}

function circleFound(survey: Survey, circle: readonly string[], links: readonly Link[]): Found {
  const object = circle.join(' → ')
  const required = links.filter(isRequired)
  if (circlesOf(required).length === 0) {
    return {
      object,
      severity: 'info',
      message:
        'Rows of these tables are inserted in two steps: a column is null until the row it points at is there.',
      hint: 'A key that is DEFERRABLE INITIALLY DEFERRED lets them be inserted in one transaction, in whatever order.',
    }
  }
  const message =
    'No statement can insert a row of one of these tables before a row of another: every key of the circle is NOT NULL and judged at once.'
  if (!survey.altersTables) {
    return {
      object,
      message,
      hint: 'Declare one of the keys DEFERRABLE INITIALLY DEFERRED in a table made anew, or insert behind PRAGMA defer_foreign_keys = ON.',
    }
  }
  const opened = linksToOpen(required)
  const tables = [...new Set(opened.map(({ table }) => table.name))]
  return {
    object,
    message,
    sql: opened.map(
      ({ table, key }) =>
        `ALTER TABLE ${table.sql} ALTER CONSTRAINT ${quoteName(key.name)} DEFERRABLE INITIALLY DEFERRED;`,
    ),
    locks: `ACCESS EXCLUSIVE on ${tables.join(' and ')}, for an instant`,
  }
}

function selfFound({ altersTables }: Survey, { table, key }: Link): Found {
  const free = key.columns.find(
    (name, at) => name !== key.parentColumns[at] && table.primaryKey?.columns.includes(name) !== true,
  )
  const isMended = altersTables && free !== undefined
  return {
    object: table.name,
    message: `Every row has to refer to another of the same table (${key.columns.join(', ')}), so that the first can only refer to itself.`,
    hint: 'A row that refers to none, as the root of a tree does, needs the column to be null.',
    ...(isMended && {
      sql: [`ALTER TABLE ${table.sql} ALTER COLUMN ${quoteName(free)} DROP NOT NULL;`],
      locks: `ACCESS EXCLUSIVE on ${table.name}, for an instant`,
    }),
  }
}
