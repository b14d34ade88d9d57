import type {
  CheckReport,
  DoctorReport,
  InspectReport,
  MigrateReport,
  RejectsReport,
  LeaseReport,
  RunsReport,
  SequencesReport,
  StatusReport,
  UndoReport,
  UnlockReport,
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
        { code: 'enum_alias', count: 3, column: 'status', values: ['enabled', 'on'], counts: [2, 1] },
        { code: 'enum_fallback', count: 2, column: 'status', values: ['limbo'], counts: [2] },
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

/** A run that tells where its time went. */
export const profiledRun: RunReport = runReport({
  durationMs: 8571,
  pipelines: [
    pipelineReport('teams', {
      durationMs: 149,
      profile: {
        stages: [
          { stage: 'apply', ms: 115, calls: 1 },
          { stage: 'decide', ms: 34 },
          { stage: 'look up', ms: 0, calls: 1 },
        ],
        waitedMs: 110,
      },
    }),
    pipelineReport('members', {
      durationMs: 7992,
      profile: {
        stages: [
          { stage: 'apply', ms: 4115, calls: 1005 },
          { stage: 'validate and map', ms: 1800 },
          { stage: 'encode', ms: 1400 },
          { stage: 'commit', ms: 449, calls: 5 },
          { stage: 'read', ms: 200 },
          { stage: 'decide', ms: 20 },
        ],
        waitedMs: 4400,
      },
    }),
  ],
  profile: {
    stages: [
      { stage: 'apply', ms: 4230, calls: 1006, waitedMs: 3900 },
      { stage: 'validate and map', ms: 1800 },
      { stage: 'encode', ms: 1400 },
      { stage: 'commit', ms: 450, calls: 5, waitedMs: 450 },
      { stage: 'read', ms: 200 },
      { stage: 'decide', ms: 54 },
      { stage: 'look up', ms: 1, calls: 1 },
    ],
    waitedMs: 4510,
    cpuMs: 5758,
    peakMemoryMb: 1087,
  },
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
      enums: [
        { column: 'plan', enum: 'plan', values: [] },
        {
          column: 'status',
          enum: 'user_status',
          values: [
            { legacy: 'active', count: 1240, via: 'exact', value: 'active' },
            { legacy: '<b>on</b>', count: 30, via: 'alias', value: 'active' },
            { legacy: 'limbo', count: 1, via: 'unknown', value: null },
          ],
        },
        {
          column: 'email_state',
          enum: 'email_state',
          values: [{ legacy: null, count: 5, via: 'fallback', value: null, hidden: true }],
        },
      ],
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

/** A plan that takes away what the source no longer has. */
export const removingPlan: RunReport = runReport({
  command: 'plan',
  runId: null,
  dryRun: true,
  durationMs: 90,
  pipelines: [
    pipelineReport('users', {
      outcomes: { ...none, updated: 1, unchanged: 299, removed: 2 },
      rows: { inserted: 0, updated: 0, deleted: 5 },
      verification: { ok: true, checks: [] },
      changes: [
        { key: '["15","urgent"]', at: '(gone from the source)', action: 'delete', columns: [] },
        { key: '16', at: '(gone from the source)', action: 'delete', columns: [] },
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
      records: 12,
      skipped: 0,
      rejected: 0,
      rejects: [],
      enums: [],
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
      records: 300,
      skipped: 2,
      rejected: 14,
      rejects: [
        {
          code: 'unknown_enum',
          column: 'status',
          count: 14,
          examples: [{ key: '77', at: 'data/users.json:77 (byte 812)', message: 'none of active, closed' }],
        },
      ],
      enums: [
        {
          column: 'status',
          enum: 'user_status',
          values: [
            { legacy: 'active', count: 240, via: 'exact', value: 'active' },
            { legacy: 'on', count: 30, via: 'alias', value: 'active' },
            { legacy: 'limbo', count: 13, via: 'unknown', value: null },
            { legacy: null, count: 7, via: 'missing', value: null },
            { legacy: '', count: 3, via: 'missing', value: null },
            { legacy: 'nil', count: 1, via: 'unknown', value: null },
          ],
          more: { values: 2, records: 4 },
        },
      ],
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

export const undoReport: UndoReport = {
  schemaVersion: 1,
  command: 'undo',
  runId: 14,
  undoes: [13, 12],
  status: 'ok',
  exitCode: 0,
  dryRun: false,
  target: { dialect: 'sqlite', version: '3.53.0', database: './shop.sqlite' },
  rows: { restored: 3, deleted: 1286, inserted: 1 },
  left: [
    { table: 'users', rowKey: '7', columns: ['email', 'name'], reason: 'edited' },
    { table: 'users', rowKey: '9', columns: [], reason: 'referred' },
  ],
  errors: [],
}

export const runsReport: RunsReport = {
  schemaVersion: 1,
  command: 'runs',
  status: 'ok',
  exitCode: 0,
  target: { dialect: 'sqlite', version: '3.53.0', database: './shop.sqlite' },
  runs: [
    {
      id: 14,
      command: 'undo',
      status: 'ok',
      exitCode: 0,
      startedAt: '2026-11-03T11:04:11.000Z',
      finishedAt: '2026-11-03T11:04:12.200Z',
      toolVersion: '0.1.0',
      host: 'web-1',
      user: 'deploy',
      deployment: null,
      commit: null,
      pipelines: [],
      undoes: 12,
      undoneBy: null,
      summary: { undoes: [12], rows: { restored: 3, deleted: 1286, inserted: 0 }, left: 0 },
    },
    {
      id: 12,
      command: 'run',
      status: 'rejects',
      exitCode: 4,
      startedAt: '2026-11-03T10:04:11.000Z',
      finishedAt: '2026-11-03T10:04:12.200Z',
      toolVersion: '0.1.0',
      host: 'web-1',
      user: 'deploy',
      deployment: 'd-1',
      commit: '2506657',
      pipelines: ['users'],
      undoes: null,
      undoneBy: 14,
      summary: {
        pipelines: [{ name: 'users', outcomes: { inserted: 1286, rejected: 14 } }],
        totals: { inserted: 1286, updated: 0, rejected: 14 },
      },
    },
  ],
  errors: [],
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
    undoes: null,
    undoneBy: null,
    summary: null,
  },
  lease: null,
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
  copy: 'exact' as const,
  record: null,
  surroundings: null,
}

export const rejectsReport: RejectsReport = {
  schemaVersion: 1,
  command: 'rejects',
  status: 'ok',
  exitCode: 0,
  errors: [],
  groups: [
    { pipeline: 'users', code: 'unknown_enum', column: 'plan', count: 5, examples: [] },
    { pipeline: 'users', code: 'invalid_record', column: null, count: 1, examples: [] },
  ],
  exported: { files: [{ path: 'bad.ndjson', records: 5 }], left: 1 },
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
    unknown: [],
  },
  drift: null,
}

type Inspected = InspectReport['collections'][number]

const noTypes = { text: 0, integer: 0, bigInteger: 0, decimal: 0, boolean: 0, object: 0, array: 0, null: 0 }

/** A field of 312 records that holds nothing worth a word, with what is said about it. */
export function inspectedField(
  path: string,
  said: Partial<Omit<Inspected['fields'][number], 'types'>> & { types?: Partial<typeof noTypes> } = {},
): Inspected['fields'][number] {
  return {
    path,
    key: path,
    present: 312,
    of: 312,
    emptyTexts: 0,
    distinct: { count: 312, exact: true },
    numbers: null,
    digits: null,
    characters: null,
    bytes: null,
    instants: null,
    elements: null,
    patterns: [],
    outerSpaces: 0,
    loneSurrogates: 0,
    nulCharacters: 0,
    notNormalized: 0,
    values: null,
    ...said,
    types: { ...noTypes, ...(said.types ?? { text: 312 }) },
  }
}

export const inspectReport: InspectReport = {
  schemaVersion: 1,
  command: 'inspect',
  status: 'ok',
  exitCode: 0,
  errors: [],
  collections: [
    {
      name: 'users',
      source: {
        files: 'legacy/export.json',
        at: '/users',
        format: 'json',
        read: [{ path: 'legacy/export.json', bytes: 44_200, sha256: 'ab'.repeat(32) }],
      },
      complete: true,
      records: 312,
      notObjects: 0,
      fields: [
        inspectedField('user_id', {
          types: { text: 300, integer: 12 },
          distinct: { count: 311, exact: true },
          numbers: { min: '11', max: '612' },
          characters: { min: 2, max: 36 },
          bytes: { min: 2, max: 36 },
          patterns: [{ name: 'uuid', count: 290, share: 290 / 312 }],
        }),
        inspectedField('email', {
          patterns: [{ name: 'e-mail', count: 312, share: 1 }],
          characters: { min: 9, max: 31 },
          bytes: { min: 9, max: 33 },
          outerSpaces: 32,
        }),
        inspectedField('state', {
          present: 300,
          types: { text: 290, null: 10 },
          distinct: { count: 5, exact: true },
          characters: { min: 6, max: 9 },
          bytes: { min: 6, max: 9 },
          values: [
            { value: 'active', count: 200, variants: [{ value: 'ACTIVE ', count: 7 }] },
            { value: 'closed', count: 90, variants: [] },
          ],
        }),
        inspectedField('joined', {
          types: { text: 200, integer: 112 },
          distinct: { count: 1_200_000, exact: false },
          instants: { min: '2016-08-02T10:00:00Z', max: '2021-11-02T10:00:00Z' },
          patterns: [
            { name: 'dd.MM.yyyy HH:mm', count: 200, share: 200 / 312 },
            { name: 'epoch-seconds', count: 112, share: 112 / 312 },
          ],
          numbers: { min: '1470132000', max: '1635847200' },
          characters: { min: 16, max: 16 },
          bytes: { min: 16, max: 16 },
        }),
        inspectedField('tags[]', {
          key: null,
          present: 3,
          of: 3,
          types: { text: 2, bigInteger: 1 },
          distinct: { count: 3, exact: true },
          numbers: { min: '9007199254740993', max: '9007199254740993' },
          characters: { min: 1, max: 1 },
          bytes: { min: 2, max: 2 },
          nulCharacters: 1,
        }),
      ],
      keys: [
        { fields: ['user_id'], missing: 0, duplicates: 1, duplicatesIgnoringCase: 2, exact: true },
        { fields: ['email'], missing: 0, duplicates: 0, duplicatesIgnoringCase: 3, exact: true },
        { fields: ['org', 'no'], missing: 4, duplicates: 0, duplicatesIgnoringCase: null, exact: true },
      ],
      references: [
        {
          path: 'org',
          to: { collection: 'organizations', field: 'id' },
          values: 388,
          dangling: 7,
          examples: [{ at: 'legacy/export.json:12 (byte 410)' }],
        },
        { path: 'role', to: { collection: 'roles', field: '$key' }, values: 5, dangling: 0, examples: [] },
      ],
    },
  ],
  scaffold: null,
}

/** A run that is at work. */
export const someLease: LeaseReport = {
  held: true,
  command: 'run',
  runId: 13,
  host: 'web-2',
  user: 'deploy',
  processId: 71,
  backendPid: 4711,
  deployment: 'd-2',
  acquiredAt: '2026-11-03T11:00:00.000Z',
  heartbeatAt: '2026-11-03T11:00:40.000Z',
}

export const sequencesReport: SequencesReport = {
  schemaVersion: 1,
  command: 'sequences',
  status: 'ok',
  exitCode: 0,
  errors: [],
  target: firstRun.target,
  sequences: [
    {
      table: 'tickets',
      column: 'id',
      sequence: 'public.tickets_id_seq',
      kind: 'identity',
      max: '15',
      last: '15',
      next: '16',
      state: 'ok',
    },
    {
      table: 'visits',
      column: 'id',
      sequence: null,
      kind: null,
      max: '7',
      last: null,
      next: null,
      state: 'missing',
    },
  ],
  moved: [{ table: 'tickets', column: 'id', from: '3', to: '15', max: '15', next: '16' }],
}

export const doctorReport: DoctorReport = {
  schemaVersion: 1,
  command: 'doctor',
  status: 'failed',
  exitCode: 1,
  errors: [],
  target: firstRun.target,
  checks: ['key.no_default', 'sequence.behind'],
  examined: { tables: 12, declared: 11, pipelines: 4 },
  findings: [
    {
      code: 'key.no_default',
      severity: 'error',
      object: 'visits.id',
      message: 'The integer primary key has no identity, sequence or default.',
      why: 'Every INSERT that leaves the key out fails.',
      sql: ['CREATE SEQUENCE visits_id_seq AS integer OWNED BY visits.id;'],
      locks: 'ACCESS EXCLUSIVE on visits, for an instant',
      hint: null,
      file: null,
    },
    {
      code: 'config.secret',
      severity: 'warning',
      object: 'config/app.ts',
      message: 'A password, 100 % in the open.',
      why: 'Whoever reads the repository has it.',
      sql: [],
      locks: null,
      hint: 'Take it from the environment, and change it.',
      file: 'config/app.ts',
    },
  ],
  accepted: 2,
  totals: { errors: 1, warnings: 1, infos: 0 },
}

export const unlockReport: UnlockReport = {
  schemaVersion: 1,
  command: 'unlock',
  status: 'ok',
  exitCode: 0,
  errors: [],
  target: { dialect: 'postgres', version: '18.4', database: 'shop' },
  held: true,
  lease: someLease,
  endedBackendPid: 4711,
  interruptedRuns: [13],
}
