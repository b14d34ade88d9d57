import type { MigrateReport } from '../../run/command-reports.js'

/** The statements of the pending migrations as SQL that psql or sqlite3 can run; empty when nothing is pending. */
export function formatPendingSql({ state }: MigrateReport): string {
  return (state?.pending ?? [])
    .map(({ name, statements }) => [`-- ${oneLine(name)}`, ...statements.map(terminated)].join('\n'))
    .join('\n\n')
    .replace(/(?<=.)$/s, '\n')
}

function oneLine(name: string): string {
  return name.replace(/\s+/g, ' ')
}

function terminated(statement: string): string {
  const text = statement.trim()
  return text.endsWith(';') ? text : `${text};`
}
