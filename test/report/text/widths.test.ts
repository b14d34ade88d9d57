import { describe, expect, it } from 'vitest'
import { paint } from '../../../src/report/paint.js'
import { displayWidth } from '../../../src/report/text/display-width.js'
import { formatCheckText } from '../../../src/report/text/format-check-text.js'
import { formatDoctorText } from '../../../src/report/text/format-doctor-text.js'
import { formatErrors } from '../../../src/report/text/format-errors.js'
import { formatInspectText } from '../../../src/report/text/format-inspect-text.js'
import { formatMigrateText } from '../../../src/report/text/format-migrate-text.js'
import { formatRejectsText } from '../../../src/report/text/format-rejects-text.js'
import { formatRunText } from '../../../src/report/text/format-run-text.js'
import { formatRunsText } from '../../../src/report/text/format-runs-text.js'
import {
  checkReport,
  doctorReport,
  firstRun,
  inspectReport,
  migrateReport,
  pipelineReport,
  rejectsReport,
  runsReport,
} from '../sample-reports.js'

/** Lines that are wider. */
function tooWide(text: string, width: number): string[] {
  return text.split('\n').filter((line) => displayWidth(line) > width)
}

/** What stands before the last line. */
function body(text: string): string {
  return text.slice(0, text.lastIndexOf('\n\n'))
}

const many = 'words that stand for something which takes very long to tell and has no end yet '
  .repeat(3)
  .trim()

describe.each([60, 72, 100, 120])('on a terminal of %i cells', (width) => {
  const style = { colour: false, verbose: false, width }

  it('what was noticed is broken beside its column', () => {
    const values = Array.from({ length: 20 }, (_, at) => `value-${at}`)
    const warnings = [
      { code: 'enum_fallback' as const, count: 20, column: 'a_long_name_of_a_column', values },
      { code: 'kept' as const, count: 3, column: 'name' },
    ]
    const report = { ...firstRun, pipelines: [{ ...pipelineReport('users'), warnings }] }
    const text = formatRunText(report, style)
    const noticed = text.slice(text.indexOf('noticed'), text.indexOf('\n\n', text.indexOf('noticed')))
    expect(noticed).toContain('value-19')
    expect(tooWide(noticed, width)).toEqual([])
  })

  it('the last line of a run is broken between words', () => {
    const counts = { inserted: 123_456, updated: 234_567, unchanged: 345_678, kept: 45_678 }
    const totals = { ...counts, duplicate: 5_678, skipped: 6_789, rejected: 7_890, removed: 8_901 }
    for (const command of ['run', 'plan'] as const) {
      const text = formatRunText({ ...firstRun, command, pipelines: [], totals }, style)
      expect(text).toMatch(/8,901\s+(removed|to\s+remove)/)
      expect(tooWide(text, width)).toEqual([])
    }
  })

  it('rejects, problems, findings and what an inspection found keep to it', () => {
    const [group] = rejectsReport.groups
    const [reject] = rejectsReport.rejects
    const rejected = { ...rejectsReport, groups: [group!], rejects: [{ ...reject!, message: many }] }
    expect(tooWide(formatRejectsText(rejected, style), width)).toEqual([])
    const problems = checkReport.problems.map((problem) => ({ ...problem, message: many, hint: many }))
    expect(tooWide(formatCheckText({ ...checkReport, pipelines: [], problems }, style), width)).toEqual([])
    const findings = doctorReport.findings.map((finding) => {
      return { ...finding, why: many, message: many, hint: many, locks: many, sql: [] }
    })
    expect(tooWide(body(formatDoctorText({ ...doctorReport, findings }, style)), width)).toEqual([])
    const written = { ...inspectReport, collections: [], scaffold: { files: ['a.ts'], notes: [many] } }
    expect(tooWide(formatInspectText(written, style), width)).toEqual([])
  })

  it('where a database differs from the schema is told in as many lines as it takes', () => {
    const drift = [
      { code: 'drift.column_missing', object: 'public.users.email', message: many },
      { code: 'drift.column_unknown', object: 'public.users.mail', message: 'It is not declared.' },
    ]
    const text = formatMigrateText({ ...migrateReport, drift }, style)
    expect(text).toContain('drift.column_missing')
    expect(text).toContain('  public.users.mail: It is not declared.')
    expect(tooWide(body(text), width)).toEqual([])
  })

  it('an error and what to do are broken, statements to copy are not', () => {
    const statement = `create index ${'i'.repeat(130)} on users (email);`
    const lines = formatErrors(
      [{ code: 'run.failed', message: `${many}\n${many}`, hint: `${many}\n${statement}` }],
      paint(false),
      width,
    )
    expect(tooWide(lines.join('\n'), width)).toEqual([`    ${statement}`])
    expect(lines.filter((line) => line.startsWith('  → '))).toHaveLength(1)
  })
})

it('the list of runs has columns for deployment and commit only where one has them', () => {
  const style = { colour: false, verbose: false, width: 100 }
  const [undone, first] = runsReport.runs
  expect(formatRunsText({ ...runsReport, runs: [undone!] }, style)).toMatch(/\nrun .* {2}counts *\n/)
  const committed = { ...runsReport, runs: [undone!, { ...first!, deployment: null }] }
  expect(formatRunsText(committed, style)).toMatch(/\nrun .* {2}counts +commit *\n/)
})
