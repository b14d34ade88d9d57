import type {
  CheckReport,
  InspectReport,
  MigrateReport,
  RejectsReport,
  StatusReport,
} from '../../src/run/command-reports.js'
import type { Outcomes, PipelineReport, RunReport } from '../../src/run/run-report.js'

const none: Outcomes = {
  inserted: 0,
  updated: 0,
  unchanged: 0,
  kept: 0,
  duplicate: 0,
  skipped: 0,
  rejected: 0,
  removed: 0,
}

const allWell = ['outcomes', 'rows', 'values', 'references', 'sequences']

/** A pipeline where nothing happened, with what is said about it. */
export function pipelineReport(name: string, said: Partial<PipelineReport> = {}): PipelineReport {
  return {
    name,
    source: {
      files: [{ path: `data/${name}.json`, bytes: 1_300_000, sha256: 'c0ffee11'.repeat(8) }],
      records: 300,
    },
    outcomes: { ...none, unchanged: 300 },
    rows: { inserted: 0, updated: 0, deleted: 0 },
    warnings: [],
    rejects: [],
    verification: {
      ok: true,
      checks: allWell.map((check) => ({ name: check, expected: 1, actual: 1, ok: true })),
    },
    durationMs: 600,
    recordsPerSecond: 500,
    ...said,
  }
}

/** A report that adds its pipelines up. */
export function runReport(said: Partial<RunReport> = {}): RunReport {
  const pipelines = said.pipelines ?? []
  const totals = { ...none }
  for (const { outcomes } of pipelines) {
    for (const name of Object.keys(totals) as (keyof Outcomes)[]) totals[name] += outcomes[name]
  }
  return {
    schemaVersion: 1,
    command: 'run',
    runId: 12,
    status: 'ok',
    exitCode: 0,
    dryRun: false,
    target: { dialect: 'postgres', version: '16.4', database: 'shop' },
    startedAt: '2026-11-03T10:04:11.000Z',
    finishedAt: '2026-11-03T10:04:12.200Z',
    durationMs: 1200,
    sequences: [],
    errors: [],
    ...said,
    pipelines,
    totals,
  }
}

/** A first run with something of everything. */
export const firstRun: RunReport = runReport({
  pipelines: [
    pipelineReport('organizations', {
      source: { files: [{ path: 'data/orgs.json', bytes: 4100, sha256: 'ab'.repeat(32) }], records: 12 },
      outcomes: { ...none, inserted: 11, updated: 1 },
      rows: { inserted: 11, updated: 1, deleted: 0 },
      warnings: [{ code: 'key_unused', count: 1, values: ['organizations_vat_number_key'] }],
    }),
    pipelineReport('users', {
      outcomes: { ...none, inserted: 286, rejected: 14 },
      rows: { inserted: 286, updated: 0, deleted: 0 },
      warnings: [
        { code: 'enum_alias', count: 3, column: 'status', values: ['enabled', 'on'] },
        { code: 'enum_fallback', count: 2, column: 'status', values: ['limbo'] },
      ],
      rejects: [
        {
          code: 'duplicate_key',
          count: 13,
          examples: [
            { key: '15', at: 'data/users.json:/users/15', message: 'the key was seen before, at /users/3' },
            { key: '16', at: 'data/users.json:/users/16', message: 'the key was seen before, at /users/4' },
          ],
        },
        {
          code: 'unknown_enum',
          column: 'plan',
          count: 1,
          examples: [{ key: '77', at: 'data/users.json:/users/76', message: 'none of free, pro, team' }],
        },
      ],
    }),
  ],
  sequences: [{ table: 'users', column: 'id', from: null, to: '15' }],
})

/** The same files once more. */
export const secondRun: RunReport = runReport({
  runId: 13,
  durationMs: 410,
  pipelines: [
    pipelineReport('organizations', {
      source: { files: [{ path: 'data/orgs.json', bytes: 4100, sha256: 'ab'.repeat(32) }], records: 12 },
      outcomes: { ...none, unchanged: 12 },
    }),
    pipelineReport('users'),
  ],
})

/** A plan with an insert, an update and hidden values. */
export const somePlan: RunReport = runReport({
  command: 'plan',
  runId: null,
  dryRun: true,
  durationMs: 90,
  pipelines: [
    pipelineReport('users', {
      outcomes: { ...none, inserted: 10, updated: 2, unchanged: 288 },
      rows: { inserted: 10, updated: 2, deleted: 0 },
      verification: { ok: true, checks: [] },
      changes: [
        {
          key: '15',
          at: 'data/users.json:/users/14',
          action: 'insert',
          columns: [
            { column: 'id', from: null, to: '8f14e45f-ceea-567e-8a5c-1d2f0c7f2a10' },
            { column: 'email', from: null, to: null, hidden: true },
            { column: 'name', from: null, to: 'Ada Lovelace' },
            { column: 'nickname', from: null, to: '' },
          ],
        },
        {
          key: '16',
          at: 'data/users.json:/users/15',
          action: 'update',
          columns: [
            { column: 'name', from: 'Grace', to: 'Grace Hopper' },
            { column: 'email', from: null, to: null, hidden: true },
            { column: 'bio', from: `${'x'.repeat(70)}old`, to: `${'x'.repeat(70)}new` },
            { column: 'phone', from: '+41 44 000 00 00', to: null },
          ],
        },
      ],
    }),
  ],
})

/** Nothing could be read. */
export const failedRun: RunReport = runReport({
  runId: null,
  status: 'failed',
  exitCode: 1,
  durationMs: 80,
  target: { dialect: 'sqlite', version: '', database: '' },
  errors: [
    {
      code: 'source.truncated',
      message: 'data/users.json ends in the middle of a record (line 812, byte 40960).',
      hint: 'Export the file again.',
    },
  ],
})

export const checkReport: CheckReport = {
  schemaVersion: 1,
  command: 'check',
  status: 'failed',
  exitCode: 1,
  errors: [],
  pipelines: [
    {
      name: 'organizations',
      file: 'pipelines/organizations.ts',
      target: 'organizations',
      source: {},
      key: 'id',
      match: 'every-unique',
      policies: {},
      limits: {},
      columns: { id: {}, name: {}, slug: {} },
      needs: [],
      sample: { records: 12, rejected: 0 },
    },
    {
      name: 'users',
      file: 'pipelines/users.ts',
      target: 'users',
      source: {},
      key: 'user_id',
      match: 'every-unique',
      policies: {},
      limits: {},
      columns: { id: {}, email: {}, name: {}, organizationId: {} },
      needs: ['organizations'],
      sample: { records: 300, rejected: 14 },
    },
  ],
  problems: [
    {
      severity: 'error',
      code: 'pipeline.no_such_column',
      message: 'The table users has no column fullName.',
      hint: 'It has: id, email, name, organizationId.',
      pipeline: 'users',
      file: 'pipelines/users.ts',
    },
    {
      severity: 'warning',
      code: 'source.empty',
      message: 'data/tools.json has no records.',
      pipeline: 'tools',
    },
  ],
}

export const statusReport: StatusReport = {
  schemaVersion: 1,
  command: 'status',
  status: 'ok',
  exitCode: 0,
  errors: [],
  target: { dialect: 'sqlite', version: '3.53.0', database: './shop.sqlite' },
  ledger: true,
  lastRun: {
    id: 12,
    command: 'run',
    status: 'ok',
    exitCode: 0,
    startedAt: '2026-11-03T10:04:11.000Z',
    finishedAt: '2026-11-03T10:04:12.200Z',
    toolVersion: '0.1.0',
    host: 'web-1',
    user: 'deploy',
    deployment: null,
    commit: '2506657',
    pipelines: ['organizations', 'users'],
    summary: null,
  },
  pipelines: [
    { pipeline: 'organizations', table: 'organizations', owners: 12, aliases: 0, deleted: 0, openRejects: 0 },
    { pipeline: 'users', table: 'users', owners: 1286, aliases: 2, deleted: 1, openRejects: 14 },
  ],
}

const reject = {
  runId: 12,
  pipeline: 'users',
  code: 'unknown_enum',
  column: 'plan',
  message: 'none of free, pro, team',
  record: null,
}

export const rejectsReport: RejectsReport = {
  schemaVersion: 1,
  command: 'rejects',
  status: 'ok',
  exitCode: 0,
  errors: [],
  rejects: [
    ...[1, 2, 3, 4, 5].map((key) => ({
      ...reject,
      legacyKey: String(key),
      at: `data/users.json:/users/${key}`,
    })),
    {
      ...reject,
      code: 'invalid_record',
      column: null,
      message: 'full_name: expected text, found a number',
      legacyKey: null,
      at: 'data/users.json:/users/9',
      record: '{"full_name":7}',
    },
  ],
}

export const migrateReport: MigrateReport = {
  schemaVersion: 1,
  command: 'migrate',
  status: 'ok',
  exitCode: 0,
  errors: [],
  target: { dialect: 'postgres', version: '16.4', database: 'shop' },
  applied: [],
  state: {
    applied: ['0000_start'],
    pending: [
      {
        name: '0001_add_tools',
        statements: ['create table "tools" ("id" integer)', 'create index "i" on "tools" ("id");'],
      },
    ],
    changed: [],
  },
}

export const inspectReport: InspectReport = {
  schemaVersion: 1,
  command: 'inspect',
  status: 'ok',
  exitCode: 0,
  errors: [],
  collections: [],
  scaffold: null,
}
