import { expect, it } from 'vitest'
import { formatAnnotations } from '../../../src/report/doctor/format-annotations.js'
import { formatMendingSql } from '../../../src/report/doctor/format-mending-sql.js'
import { formatSarif } from '../../../src/report/doctor/format-sarif.js'
import { doctorReport } from '../sample-reports.js'

const failed = {
  ...doctorReport,
  findings: [],
  errors: [{ code: 'database.connection', message: 'The connection failed.', hint: 'Is it up?' }],
}

it('annotations of a workflow stand in a line each, with what would break it escaped', () => {
  expect(formatAnnotations(doctorReport)).toMatchInlineSnapshot(`
    "::error title=key.no_default::visits.id: The integer primary key has no identity, sequence or default.%0AEvery INSERT that leaves the key out fails.
    ::warning file=config/app.ts,title=config.secret::config/app.ts: A password, 100 %25 in the open.%0AWhoever reads the repository has it.%0ATake it from the environment, and change it.
    "
  `)
  expect(formatAnnotations(failed)).toBe(
    '::error title=database.connection::The connection failed.%0AIs it up?\n',
  )
})

it('the SQL of all findings is one file to review, each statement under what it mends', () => {
  expect(formatMendingSql(doctorReport)).toMatchInlineSnapshot(`
    "-- What carryover doctor proposes for postgres 16.4, shop.
    -- Nothing of it was run. Read it, take out what you do not want, and try it on a copy first.
    -- What a schema file declares is changed there as well, or it is found as drift afterwards.

    -- error key.no_default: visits.id
    -- The integer primary key has no identity, sequence or default.
    -- Every INSERT that leaves the key out fails.
    -- locks ACCESS EXCLUSIVE on visits, for an instant
    CREATE SEQUENCE visits_id_seq AS integer OWNED BY visits.id;
    "
  `)
  expect(formatMendingSql(failed)).toContain('-- There is nothing to mend.\n')
})

it('what two findings propose alike stands once, and new names come behind all that speaks of the old ones', () => {
  const [finding] = doctorReport.findings
  if (finding === undefined) throw new Error('no finding')
  const renamed = { ...finding, code: 'name.reserved', sql: ['ALTER TABLE "user" RENAME TO users;'] }
  const proved = { ...finding, code: 'insert.fails', object: 'visits' }
  const column = { ...finding, code: 'name.style', sql: ['ALTER TABLE "user" RENAME COLUMN "Id" TO id;'] }
  const text = formatMendingSql({ ...doctorReport, findings: [renamed, column, finding, proved] })
  expect(text.match(/^[A-Z].*|^-- What mends.*/gm)).toEqual([
    'CREATE SEQUENCE visits_id_seq AS integer OWNED BY visits.id;',
    '-- What mends key.no_default of visits.id mends this too.',
    'ALTER TABLE "user" RENAME COLUMN "Id" TO id;',
    'ALTER TABLE "user" RENAME TO users;',
  ])
})

it('no name of the database gets out of a comment', () => {
  const [finding] = doctorReport.findings
  const object = 'visits\n; drop table visits; --'
  const findings = finding === undefined ? [] : [{ ...finding, object }]
  const lines = formatMendingSql({ ...doctorReport, findings }).split('\n')
  expect(lines.filter((line) => line.includes('drop table')).every((line) => line.startsWith('-- '))).toBe(
    true,
  )
})

it('code scanning gets a rule for each code, and where each finding is', () => {
  const log = JSON.parse(formatSarif(doctorReport))
  expect(log).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'carryover', rules: [{ id: 'key.no_default' }, { id: 'config.secret' }] } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
      },
    ],
  })
  expect(log.runs[0].results).toMatchInlineSnapshot(`
    [
      {
        "level": "error",
        "locations": [
          {
            "logicalLocations": [
              {
                "fullyQualifiedName": "visits.id",
              },
            ],
            "physicalLocation": {
              "artifactLocation": {
                "uri": "carryover.config.ts",
              },
            },
          },
        ],
        "message": {
          "text": "visits.id: The integer primary key has no identity, sequence or default.
    Every INSERT that leaves the key out fails.
    SQL that mends it:
    CREATE SEQUENCE visits_id_seq AS integer OWNED BY visits.id;",
        },
        "partialFingerprints": {
          "carryover/v1": "key.no_default visits.id",
        },
        "ruleId": "key.no_default",
        "ruleIndex": 0,
      },
      {
        "level": "warning",
        "locations": [
          {
            "logicalLocations": [
              {
                "fullyQualifiedName": "config/app.ts",
              },
            ],
            "physicalLocation": {
              "artifactLocation": {
                "uri": "config/app.ts",
              },
            },
          },
        ],
        "message": {
          "text": "config/app.ts: A password, 100 % in the open.
    Whoever reads the repository has it.
    Take it from the environment, and change it.",
        },
        "partialFingerprints": {
          "carryover/v1": "config.secret config/app.ts",
        },
        "ruleId": "config.secret",
        "ruleIndex": 1,
      },
    ]
  `)
})

it('code scanning learns that the audit could not be made', () => {
  expect(JSON.parse(formatSarif(failed)).runs[0].invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: 'error',
          descriptor: { id: 'database.connection' },
          message: { text: 'The connection failed.' },
        },
      ],
    },
  ])
})

it('a statement that takes a transaction is announced, where there is one', () => {
  const findings = doctorReport.findings.map((finding) => ({
    ...finding,
    sql: ['LOCK TABLE a IN SHARE MODE;'],
  }))
  expect(formatMendingSql({ ...doctorReport, findings })).toContain('--single-transaction')
  expect(formatMendingSql(doctorReport)).not.toContain('--single-transaction')
})
