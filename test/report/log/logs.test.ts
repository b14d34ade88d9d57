import { expect, it } from 'vitest'
import { checkLog } from '../../../src/report/log/check-log.js'
import { inspectLog } from '../../../src/report/log/inspect-log.js'
import { migrateLog } from '../../../src/report/log/migrate-log.js'
import { rejectsLog } from '../../../src/report/log/rejects-log.js'
import { runLog } from '../../../src/report/log/run-log.js'
import { runsLog } from '../../../src/report/log/runs-log.js'
import { statusLog } from '../../../src/report/log/status-log.js'
import { undoLog } from '../../../src/report/log/undo-log.js'
import { doctorLog } from '../../../src/report/log/doctor-log.js'
import { sequencesLog } from '../../../src/report/log/sequences-log.js'
import { unlockLog } from '../../../src/report/log/unlock-log.js'
import {
  checkReport,
  failedRun,
  firstRun,
  inspectReport,
  migrateReport,
  pipelineReport,
  profiledRun,
  rejectsReport,
  runReport,
  runsReport,
  someLease,
  statusReport,
  undoReport,
  sequencesReport,
  doctorReport,
  unlockReport,
} from '../sample-reports.js'

it('a run logs what to look at as warnings, rejects with key and place, and ends with the counts', () => {
  const entries = runLog(firstRun)
  expect(entries.map((entry) => entry.level)).toEqual([
    'info',
    'info',
    'warn',
    'warn',
    'warn',
    'info',
    'info',
    'info',
  ])
  expect(entries[3]).toMatchObject({
    pipeline: 'users',
    code: 'duplicate_key',
    count: 13,
    key: '15',
    at: 'data/users.json:/users/15',
  })
  expect(entries.at(-1)).toMatchObject({
    message: 'done in 1.2 s: 312 records, 297 inserted, 1 updated, 14 rejected (admitted)',
    status: 'ok',
    exitCode: 0,
    records: 312,
    inserted: 297,
    rejected: 14,
    rowsWritten: 298,
  })
})

it('a run that is to tell where its time went logs it for each pipeline and the whole, before it ends', () => {
  const entries = runLog(profiledRun)
  expect(entries.at(-4)).toEqual({
    level: 'info',
    message: 'teams: 149 ms: apply 77 %, decide 23 %',
    pipeline: 'teams',
    stages: { apply: 115, decide: 34, 'look up': 0 },
    waitedMs: 110,
  })
  expect(entries.at(-2)).toMatchObject({
    message:
      'where the time went: 8.6 s, 4.5 s of it waiting for the database; 5.8 s of CPU, 1,087 MB of memory at most: apply 49 %, validate and map 21 %, encode 16 %, commit 5 %',
    stages: { apply: 4230, read: 200 },
    waitedMs: 4510,
    cpuMs: 5758,
    peakMemoryMb: 1087,
  })
  expect(runLog({ ...profiledRun, pipelines: [pipelineReport('users')] }).at(-3)?.message).toMatch(
    /^verified/,
  )
})

it('a run that failed logs its errors, and ends as an error', () => {
  expect(runLog(failedRun).map(({ level, code, hint }) => ({ level, code, hint }))).toEqual([
    { level: 'error', code: 'source.truncated', hint: 'Export the file again.' },
    { level: 'error', code: undefined, hint: undefined },
  ])
})

it('a report with very many findings stays far below what a platform drops', () => {
  const rejects = Array.from({ length: 400 }, (_, index) => ({
    code: 'check' as const,
    column: `c${index}`,
    count: 1,
    examples: [],
  }))
  const entries = runLog(runReport({ pipelines: [pipelineReport('wide', { rejects })] }))
  expect(entries).toHaveLength(103)
  expect(entries[100]).toEqual({ level: 'warn', message: 'and 300 kinds of reject more' })
})

it('an inspection logs each list of records, its keys, and what dangles as a warning', () => {
  const entries = inspectLog({ ...inspectReport, scaffold: { files: ['pipelines/users.ts'], notes: ['x'] } })
  expect(entries.map(({ level, message }) => `${level} ${message}`)).toMatchInlineSnapshot(`
    [
      "info users: 312 records, 5 fields",
      "info users.user_id: 1 duplicate, 2 when case and outer spaces are ignored",
      "info users.email: unique, 3 when case and outer spaces are ignored",
      "info users.org + no: unique, 4 records without it",
      "warn users.org → organizations.id: 98 % of 388 found, 7 dangle, for example at legacy/export.json:12 (byte 410)",
      "info users.role → roles.$key: 100 % of 5 found",
      "info wrote pipelines/users.ts",
      "warn x",
      "info inspected 1 collection, 312 records",
    ]
  `)
})

it('every command ends with a line that has its status and exit code', () => {
  const logs = [
    checkLog(checkReport),
    inspectLog(inspectReport),
    statusLog(statusReport),
    rejectsLog(rejectsReport),
    migrateLog(migrateReport),
    unlockLog(unlockReport),
    sequencesLog(sequencesReport),
    doctorLog(doctorReport),
  ]
  for (const entries of logs) {
    expect(entries.at(-1)).toMatchObject({ status: expect.any(String), exitCode: expect.any(Number) })
    for (const { level, message } of entries) {
      expect(['info', 'warn', 'error']).toContain(level)
      expect(message).not.toBe('')
    }
  }
})

it('the status says on a line of its own who is at work, and warns of a lease that was left behind', () => {
  const line = (held: boolean) => statusLog({ ...statusReport, lease: { ...someLease, held } }).at(-2)
  expect(line(true)).toMatchObject({
    level: 'info',
    message: 'at work: run 13 by deploy on web-2 (process 71)',
    backendPid: 4711,
  })
  expect(line(false)).toMatchObject({
    level: 'warn',
    message: expect.stringMatching(/^left by a run that died: /),
  })
})

it('an undo logs what it left alone as warnings, and ends with what it did', () => {
  const entries = undoLog(undoReport)
  expect(entries.map(({ level }) => level)).toEqual(['warn', 'warn', 'info'])
  expect(entries[0]).toMatchObject({
    table: 'users',
    rowKey: '7',
    columns: ['email', 'name'],
    reason: 'edited',
  })
  expect(entries.at(-1)).toMatchObject({
    message: 'undid runs 13, 12: 3 rows restored, 1,286 rows deleted, 1 row inserted again, 2 left alone',
    undoes: [13, 12],
    restored: 3,
    deleted: 1286,
    inserted: 1,
    left: 2,
    dryRun: false,
  })
})

it('runs are logged one a line, with their deployment and commit', () => {
  const entries = runsLog(runsReport)
  expect(entries[1]).toMatchObject({
    level: 'info',
    message: 'run 12: run, rejects (4), undone by 14',
    deployment: 'd-1',
    commit: '2506657',
    undoneBy: 14,
  })
  expect(entries.at(-1)).toMatchObject({ command: 'runs', runs: 2, exitCode: 0 })
})
