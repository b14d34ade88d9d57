import type { DoctorReport } from '../../run/command-reports.js'
import { stripControls } from '../strip-controls.js'

type Finding = DoctorReport['findings'][number]

/**
 * The SQL of all findings as one migration to review, each statement under what it mends. What two findings propose alike stands once.
 */
export function formatMendingSql({ findings, target, examined }: DoctorReport): string {
  const proposed = findings.filter(({ sql }) => sql.length > 0)
  const mended = proposed.toSorted((one, other) => place(one) - place(other))
  const firstOf = new Map<string, Finding>()
  for (const finding of mended) {
    const statements = finding.sql.join('\n')
    if (!firstOf.has(statements)) firstOf.set(statements, finding)
  }
  const database = target === null ? 'a database' : `${target.dialect} ${target.version}, ${target.database}`
  const head = [
    comment(`What carryover doctor proposes for ${database}.`),
    comment('Nothing of it was run. Read it, take out what you do not want, and try it on a copy first.'),
    ...((examined?.declared ?? 0) > 0 && mended.some(({ code }) => !code.startsWith('drift.'))
      ? [comment('What a schema file declares is changed there as well, or it is found as drift afterwards.')]
      : []),
    ...(mended.some(({ sql }) => sql.some((statement) => statement.startsWith('LOCK TABLE ')))
      ? [comment('LOCK TABLE takes a transaction: psql needs --single-transaction, a migration is one.')]
      : []),
  ]
  const parts = mended.map((finding) => {
    const { severity, code, object, message, why, hint, locks, sql } = finding
    const first = firstOf.get(sql.join('\n')) ?? finding
    return [
      comment(`${severity} ${code}: ${object}`),
      comment(message),
      comment(why),
      ...(hint === null ? [] : [comment(`→ ${hint}`)]),
      ...(first === finding
        ? [...(locks === null ? [] : [comment(`locks ${locks}`)]), ...sql]
        : [comment(`What mends ${first.code} of ${first.object} mends this too.`)]),
    ].join('\n')
  })
  const nothing = mended.length === 0 ? [comment('There is nothing to mend.')] : []
  return `${[[...head, ...nothing].join('\n'), ...parts].join('\n\n')}\n`
}

/** New names come last: what stands before them speaks of the old ones. A table's comes behind those of its columns. */
function place({ sql }: Finding): number {
  const isOnly = (pattern: RegExp) => sql.every((statement) => pattern.test(statement))
  if (isOnly(/^ALTER TABLE .+ RENAME TO /)) return 2
  return isOnly(/ RENAME (?:TO|COLUMN|CONSTRAINT) /) ? 1 : 0
}

/** No name of the database ends a comment. */
function comment(text: string): string {
  return `-- ${stripControls(text).replaceAll(/\s+/g, ' ')}`
}
