import { expect, it } from 'vitest'
import { formatCheckText } from '../../../src/report/text/format-check-text.js'
import { formatMigrateText } from '../../../src/report/text/format-migrate-text.js'
import { formatPendingSql } from '../../../src/report/text/format-pending-sql.js'
import { formatRejectsText } from '../../../src/report/text/format-rejects-text.js'
import { formatRunsText } from '../../../src/report/text/format-runs-text.js'
import { formatStatusText } from '../../../src/report/text/format-status-text.js'
import { formatUndoText } from '../../../src/report/text/format-undo-text.js'
import { formatSequencesText } from '../../../src/report/text/format-sequences-text.js'
import { formatUnlockText } from '../../../src/report/text/format-unlock-text.js'
import {
  checkReport,
  migrateReport,
  rejectsReport,
  runsReport,
  someLease,
  statusReport,
  undoReport,
  sequencesReport,
  unlockReport,
} from '../sample-reports.js'

const plain = { colour: false, verbose: false, width: 100 }

it('a check shows the pipelines in the order they run, and every problem', () => {
  expect(formatCheckText(checkReport, plain)).toMatchInlineSnapshot(`
    "pipeline       table          columns  records  skipped  rejected  needs
    organizations  organizations        3       12        ·         ·
    users          users                4      300        2        14  organizations

    enums
      users.status  user_status  2 unknown values reject 14 records
        limbo    13  → rejected  unknown
        nil       1  → rejected  unknown
        active  240  → active    exact
        on       30  → active    alias
        null      7  → null      missing
        ''        3  → null      missing
        … and 2 more distinct values (4 records)

    rejected
      users.status  unknown_enum × 14
        key 77 at data/users.json:77 (byte 812)
          none of active, closed
        → Add the value to the enum, give it an alias (\`aliases\`), or declare a \`fallback\`.

    error pipeline.no_such_column  users in pipelines/users.ts
      The table users has no column fullName.
      → It has: id, email, name, organizationId.

    warning source.empty  tools
      data/tools.json has no records.

    2 pipelines, 312 records, 14 rejected, 1 error, 1 warning
    "
  `)
})

it('a check without problems says so', () => {
  const pipelines = checkReport.pipelines.slice(0, 1)
  const text = formatCheckText({ ...checkReport, status: 'ok', exitCode: 0, pipelines, problems: [] }, plain)
  expect(text).toMatch(/\n1 pipeline, 12 records, no problems\n$/)
})

it('a check says that rejects are admitted, and with which exit code when they are not', () => {
  const admitted = formatCheckText({ ...checkReport, status: 'ok', exitCode: 0, problems: [] }, plain)
  expect(admitted).toMatch(/\n2 pipelines, 312 records, 14 rejected \(admitted\), no problems\n$/)
  const refused = formatCheckText({ ...checkReport, status: 'rejects', exitCode: 4, problems: [] }, plain)
  expect(refused).toMatch(/, 14 rejected, more rejects than allowed \(exit code 4\)\n$/)
})

it('the status shows the last run and what each pipeline has', () => {
  expect(formatStatusText(statusReport, plain)).toMatchInlineSnapshot(`
    "sqlite 3.53.0, ./shop.sqlite

    last run: run 12  ok
      started    2026-11-03 10:04:11 UTC
      finished   2026-11-03 10:04:12 UTC, after 1.2 s
      by         deploy on web-1
      version    carryover 0.1.0
      commit     2506657
      pipelines  organizations, users

    pipeline       table           rows  aliases  deleted  open rejects
    organizations  organizations     12        ·        ·             ·
    users          users          1,286        2        1            14

    2 pipelines, 1,300 records carried over, 14 open rejects: see carryover rejects
    "
  `)
})

it('the status of a database that carryover never saw says so', () => {
  const text = formatStatusText({ ...statusReport, ledger: false, lastRun: null, pipelines: [] }, plain)
  expect(text).toBe('sqlite 3.53.0, ./shop.sqlite\n\ncarryover never ran on this database\n')
})

it('a run without an end is shown as at work or killed', () => {
  const lastRun = statusReport.lastRun && {
    ...statusReport.lastRun,
    finishedAt: null,
    exitCode: null,
    status: 'running',
  }
  expect(formatStatusText({ ...statusReport, lastRun }, plain)).toContain(
    'last run: run 12  died before its end\n',
  )
})

it('rejects are grouped by pipeline, code and column, with the first few', () => {
  expect(formatRejectsText(rejectsReport, plain)).toMatchInlineSnapshot(`
    "users.plan  unknown_enum × 5
      key 1 at data/users.json:/users/1, run 12
        none of free, pro, team
      key 2 at data/users.json:/users/2, run 12
        none of free, pro, team
      key 3 at data/users.json:/users/3, run 12
        none of free, pro, team
      … and 2 more
      → Add the value to the enum, give it an alias (\`aliases\`), or declare a \`fallback\`.

    users  invalid_record × 1
      a record without a key at data/users.json:/users/9, run 12
        full_name: expected text, found a number
        {"full_name":7}
      → Correct the field in the source, or let the pipeline’s \`record\` schema accept what the old
        system wrote.

    5 records to bad.ndjson
    1 record not exported: the ledger has no exact copy, see the source

    6 rejects in 1 pipeline
    "
  `)
})

it('without rejects there is one line', () => {
  expect(formatRejectsText({ ...rejectsReport, groups: [], rejects: [], exported: null }, plain)).toBe(
    'no rejects\n',
  )
})

it('a migration tells what was applied', () => {
  const text = formatMigrateText({ ...migrateReport, applied: ['0001_add_tools'] }, plain)
  expect(text).toBe('postgres 16.4, shop\n\napplied\n  0001_add_tools\n\napplied 1 migration\n')
})

it('a migration that was only asked about tells what is pending', () => {
  expect(formatMigrateText(migrateReport, plain)).toBe(
    'postgres 16.4, shop\n\npending\n  0001_add_tools  2 statements\n\n1 migration pending\n',
  )
})

it('pending statements are SQL that can be piped on', () => {
  expect(formatPendingSql(migrateReport)).toBe(
    '-- 0001_add_tools\ncreate table "tools" ("id" integer);\ncreate index "i" on "tools" ("id");\n',
  )
})

it('without pending statements there is no SQL', () => {
  expect(
    formatPendingSql({ ...migrateReport, state: { applied: [], pending: [], changed: [], unknown: [] } }),
  ).toBe('')
})

it('the status shows who is at work', () => {
  const lastRun = statusReport.lastRun && {
    ...statusReport.lastRun,
    id: 13,
    status: 'running',
    finishedAt: null,
    exitCode: null,
  }
  const text = formatStatusText({ ...statusReport, lastRun, lease: someLease }, plain)
  expect(text.split('\n').slice(2, 9).join('\n')).toMatchInlineSnapshot(`
    "at work: run 13 by deploy on web-2 (process 71)
      since              2026-11-03 11:00:00 UTC
      last sign of life  2026-11-03 11:00:40 UTC
      deployment         d-2
      server process     4711

    last run: run 13  still at work"
  `)
})

it('the status shows a lease that was left behind, and what to do', () => {
  const text = formatStatusText(
    { ...statusReport, lease: { ...someLease, held: false, deployment: null } },
    plain,
  )
  expect(text.split('\n').slice(2, 7).join('\n')).toMatchInlineSnapshot(`
    "left by a run that died: run 13 by deploy on web-2 (process 71)
      since              2026-11-03 11:00:00 UTC
      last sign of life  2026-11-03 11:00:40 UTC
      server process     4711
      → The lock is free: the next run takes over, or carryover unlock clears this."
  `)
})

it('the status of a run that was interrupted says when it was last heard of', () => {
  const lastRun = statusReport.lastRun && { ...statusReport.lastRun, status: 'interrupted', exitCode: null }
  expect(formatStatusText({ ...statusReport, lastRun }, plain)).toMatch(
    /last run: run 12 {2}interrupted\n {2}started .*\n {2}last sign of life {2}2026-11-03 10:04:12 UTC, after 1\.2 s\n/,
  )
})

it('unlock shows the lease that was there and what was cleared', () => {
  expect(formatUnlockText(unlockReport, plain)).toMatchInlineSnapshot(`
    "postgres 18.4, shop

    cleared: run 13 by deploy on web-2 (process 71)
      since              2026-11-03 11:00:00 UTC
      last sign of life  2026-11-03 11:00:40 UTC
      deployment         d-2
      server process     4711

    the lock is free: ended process 4711 of the database server, removed the lease, run 13 is marked as interrupted
    "
  `)
})

it.each([
  [
    { held: false, lease: null, endedBackendPid: null, interruptedRuns: [] },
    'nobody holds the lock, nothing to clear',
  ],
  [
    { held: false, endedBackendPid: null },
    'the lock is free: removed the lease, run 13 is marked as interrupted',
  ],
  [{ lease: null, interruptedRuns: [] }, 'the lock is free: ended process 4711 of the database server'],
  [{ status: 'locked' as const, exitCode: 3 }, 'nothing was cleared (exit code 3)'],
])('what unlock comes to: %o', (difference, ending) => {
  expect(
    formatUnlockText({ ...unlockReport, ...difference }, plain)
      .trimEnd()
      .split('\n')
      .at(-1),
  ).toBe(ending)
})

it('sequences are shown beside their columns, with those that were advanced', () => {
  expect(formatSequencesText(sequencesReport, plain)).toMatchInlineSnapshot(`
    "postgres 16.4, shop

    column      drawn by  max  last  next  state
    tickets.id  identity   15    15    16  ok
    visits.id   nobody      7     ·     ·  missing

    advanced
      tickets.id: max 15, next 16

    2 sequences, 1 advanced, 1 missing
    "
  `)
})

it.each([
  [{ sequences: [], moved: [] }, 'no sequences'],
  [{ moved: [] }, '2 sequences, 1 missing'],
  [
    { moved: [], sequences: sequencesReport.sequences.map((one) => ({ ...one, state: 'behind' as const })) },
    '2 sequences, 2 behind (carryover sequences --fix)',
  ],
  [
    { status: 'failed' as const, exitCode: 1, moved: [], sequences: [] },
    'the sequences were not read (exit code 1)',
  ],
])('what sequences come to: %o', (difference, ending) => {
  expect(
    formatSequencesText({ ...sequencesReport, ...difference }, plain)
      .trimEnd()
      .split('\n')
      .at(-1),
  ).toBe(ending)
})

it('an undo shows what it left alone, and ends with what it did', () => {
  expect(formatUndoText(undoReport, plain)).toMatchInlineSnapshot(`
    "sqlite 3.53.0, ./shop.sqlite

    left alone
      users 7  email, name  edited since
      users 9  row          another row points at it

    undid runs 13, 12: 3 rows restored, 1,286 rows deleted, 1 row inserted again, 2 left alone
    "
  `)
})

it('a dry run of an undo speaks of what it would do, and one that found nothing to do says so', () => {
  const nothing = { ...undoReport, dryRun: true, left: [], rows: { restored: 0, deleted: 0, inserted: 0 } }
  expect(formatUndoText({ ...nothing, undoes: [12] }, plain)).toMatch(
    /\nwould undo run 12: no row to take back\n$/,
  )
})

it('an undo that was refused says that nothing was undone', () => {
  const errors = [{ code: 'undo.later_runs', message: 'Run 12 cannot be undone alone.' }]
  const refused = formatUndoText({ ...undoReport, status: 'failed', exitCode: 1, left: [], errors }, plain)
  expect(refused).toContain('undo.later_runs')
  expect(refused).toMatch(/\nnothing was undone \(exit code 1\)\n$/)
})

it('rows that were left alone are shown up to a number, unless all are asked for', () => {
  const left = Array.from({ length: 25 }, (_, at) => ({
    table: 'users',
    rowKey: String(at),
    columns: [],
    reason: 'referred' as const,
  }))
  expect(formatUndoText({ ...undoReport, left }, plain)).toContain('and 5 more: --verbose shows all')
  expect(formatUndoText({ ...undoReport, left }, { ...plain, verbose: true })).toContain('users 24')
})

it('the runs are listed, the last one first', () => {
  expect(formatRunsText(runsReport, plain)).toMatchInlineSnapshot(`
    "sqlite 3.53.0, ./shop.sqlite

    run  command  started                  took   ended                      counts                       deployment  commit
     14  undo     2026-11-03 11:04:11 UTC  1.2 s  ok, undid 12               3 restored, 1,286 deleted                
     12  run      2026-11-03 10:04:11 UTC  1.2 s  rejects (4), undone by 14  1,286 inserted, 14 rejected  d-1         2506657

    2 runs
    "
  `)
})

it('of one run more is told', () => {
  expect(formatRunsText({ ...runsReport, runs: runsReport.runs.slice(1) }, plain)).toMatchInlineSnapshot(`
    "sqlite 3.53.0, ./shop.sqlite

    run  command  started                  took   ended                      counts                       deployment  commit
     12  run      2026-11-03 10:04:11 UTC  1.2 s  rejects (4), undone by 14  1,286 inserted, 14 rejected  d-1         2506657

    run 12
      by       deploy on web-1
      version  carryover 0.1.0
      users    1,286 inserted, 14 rejected

    1 run
    "
  `)
})

it('a database without runs says so', () => {
  expect(formatRunsText({ ...runsReport, runs: [] }, plain)).toContain('carryover never ran on this database')
})
