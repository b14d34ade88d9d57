import type { MigrateReport } from '../../run/command-reports.js'
import { paint, type Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount } from '../words/amount.js'
import { targetName } from '../words/target-name.js'
import { formatErrors } from './format-errors.js'
import { indent } from './indent.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'
import { wrap } from './wrap.js'

/** What `migrate` did, or with `--check` what it would do, for people. */
export function formatMigrateText(report: MigrateReport, { colour, width }: TextStyle): string {
  const colours = paint(colour)
  const { target, applied, state, drift, errors } = report
  return joinSections([
    target === null ? [] : [colours.bold(targetName(target))],
    applied.length > 0 ? ['applied', ...indent(applied.map((name) => colours.green(name)))] : [],
    stillPending(report).length > 0
      ? ['pending', ...indent(stillPending(report).map(pendingLine(colours)))]
      : [],
    (state?.unknown ?? []).length > 0
      ? ['applied, and no file here', ...indent((state?.unknown ?? []).map((name) => colours.yellow(name)))]
      : [],
    (drift ?? []).length > 0 ? ['drift', ...indent(formatDrift(drift ?? [], colours, width - 2))] : [],
    formatErrors(errors, colours, width),
    [formatMigrateEnding(report, colours)],
  ])
}

/** The last line alone: how the database stands to the declared schema. */
export function formatMigrateEnding(report: MigrateReport, colours: Paint): string {
  const { status, exitCode, applied, state, drift, errors } = report
  if (status === 'locked')
    return colours.red(`another run is at work (exit code ${exitCode}), nothing was migrated`)
  if (status === 'failed' && errors.length > 0) {
    const done =
      applied.length > 0 ? `stopped behind ${amount(applied.length, 'migration')}` : 'nothing was applied'
    return colours.red(`${done} (exit code ${exitCode})`)
  }
  const pending = stillPending(report).length
  if (drift !== null && drift.length > 0)
    return colours.red(
      `the database differs from the schema in ${amount(drift.length, 'place')} (exit code ${exitCode})`,
    )
  if (pending > 0) return colours.yellow(`${amount(pending, 'migration')} pending`)
  if (state !== null && state.applied.length + state.pending.length === 0)
    return colours.yellow(
      'there are no migrations: npx drizzle-kit generate writes them from the schema file',
    )
  if (applied.length > 0) return colours.green(`applied ${amount(applied.length, 'migration')}`)
  const rest = drift === null ? 'nothing to apply' : 'and the database is what the schema declares'
  return colours.green(`up to date: ${amount(state?.applied.length ?? 0, 'migration')}, ${rest}`)
}

const afterDrift = '`carryover doctor --only drift` says why each matters and what mends it.'

/** What is pending after this call: `state` tells how it was before. */
function stillPending({ applied, state }: MigrateReport): NonNullable<MigrateReport['state']>['pending'] {
  return (state?.pending ?? []).filter((migration) => !applied.includes(migration.name))
}

function formatDrift(drift: NonNullable<MigrateReport['drift']>, colours: Paint, width: number): string[] {
  const places = drift.flatMap(({ code, object, message }) => {
    const lines = wrap(`${stripControls(`${object}: ${message}`)} ${code}`, width, '', '  ')
    const last = lines.pop() ?? ''
    return [...lines, `${last.slice(0, -code.length)}${colours.dim(code)}`]
  })
  return [...places, ...wrap(afterDrift, width, '→ ').map(colours.cyan)]
}

function pendingLine(colours: Paint): (migration: { name: string; statements: readonly string[] }) => string {
  return ({ name, statements }) => `${name}  ${colours.dim(amount(statements.length, 'statement'))}`
}
