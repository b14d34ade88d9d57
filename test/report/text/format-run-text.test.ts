import { expect, it } from 'vitest'
import { formatRunText } from '../../../src/report/text/format-run-text.js'
import { stripControls } from '../../../src/report/strip-controls.js'
import {
  failedRun,
  firstRun,
  pipelineReport,
  runReport,
  secondRun,
  removingPlan,
  somePlan,
} from '../sample-reports.js'

const plain = { colour: false, verbose: false, width: 100 }

it('a first run tells what came in, what became of it, what to look at and what to do', () => {
  expect(formatRunText(firstRun, plain)).toMatchInlineSnapshot(`
    "run 12 on postgres 16.4, shop

    pipeline       files  records  inserted  updated  rejected  rows written
    organizations      1       12        11        1         ·            12
    users              1      300       286        ·        14           286
    total              2      312       297        1        14           298

    noticed
      organizations  1 unique key not matched on: not all columns provided, or left out by \`match\`:
                     organizations_vat_number_key
      users.status   3 values came by an alias: enabled × 2, on
      users.status   2 unknown values took the fallback: limbo × 2

    rejected
      users  duplicate_key × 13
        key 15 at data/users.json:/users/15
          the key was seen before, at /users/3
        → Two records of the source have the same key, the first was taken. Remove one, or choose a
          \`key\` that tells them apart.

      users.plan  unknown_enum × 1
        key 77 at data/users.json:/users/76
          none of free, pro, team
        → Add the value to the enum, give it an alias (\`aliases\`), or declare a \`fallback\`.

    sequences moved
      users.id: unused → 15, next 16

    verified: outcomes add up, every entry has its row, values are as applied, references lead to rows,
      sequences are ahead of their columns.

    done in 1.2 s: 312 records, 297 inserted, 1 updated, 14 rejected (admitted)
    "
  `)
})

it('a second run reads: everything unchanged, nothing written', () => {
  expect(formatRunText(secondRun, plain)).toMatchInlineSnapshot(`
    "run 13 on postgres 16.4, shop

    pipeline       files  records  unchanged  rows written
    organizations      1       12         12             ·
    users              1      300        300             ·
    total              2      312        312             ·

    verified: outcomes add up, every entry has its row, values are as applied, references lead to rows,
      sequences are ahead of their columns.

    done in 410 ms: 312 records, all unchanged, nothing written
    "
  `)
})

it('a plan shows each column of a change, and hides what is sensitive', () => {
  expect(formatRunText(somePlan, plain)).toMatchInlineSnapshot(`
    "plan on postgres 16.4, shop: nothing was written

    pipeline  files  records  to insert  to update  unchanged  rows to write
    users         1      300         10          2        288             12

    users  10 to insert, 2 to update
      + 15 at data/users.json:/users/14
          id        8f14e45f-ceea-567e-8a5c-1d2f0c7f2a10
          email     ‹hidden›
          name      Ada Lovelace
          nickname  ''
      ~ 16 at data/users.json:/users/15
          name   Grace → Grace Hopper
          email  ‹hidden› → ‹hidden›
          bio    …xxxxxxxxxxxxxxxold → …xxxxxxxxxxxxxxxnew
          phone  +41 44 000 00 00 → null
      … and 10 more changes

    enums
      users.status  user_status  1 unknown value rejects 1 record
        limbo          1  → rejected  unknown
        active     1,240  → active    exact
        <b>on</b>     30  → active    alias

      users.email_state  email_state
        ‹hidden›  5  → ‹hidden›  fallback

    planned in 90 ms: 300 records, 10 to insert, 2 to update, 288 unchanged
    "
  `)
})

it('a plan shows the rows that go', () => {
  expect(formatRunText(removingPlan, plain)).toMatchInlineSnapshot(`
    "plan on postgres 16.4, shop: nothing was written

    pipeline  files  records  to update  unchanged  to remove  rows to write
    users         1      300          1        299          2              5

    users  1 to update, 2 to remove
      - ["15","urgent"] at (gone from the source)
      - 16 at (gone from the source)
      … and 3 more changes

    planned in 90 ms: 300 records, 1 to update, 299 unchanged, 2 to remove
    "
  `)
})

it('a run that failed tells why and what to do', () => {
  expect(formatRunText(failedRun, plain)).toMatchInlineSnapshot(`
    "run

    error source.truncated
      data/users.json ends in the middle of a record (line 812, byte 40960).
      → Export the file again.

    failed (exit code 1), after 80 ms
    "
  `)
})

it('a run with more rejects than allowed tells how to go on', () => {
  const text = formatRunText({ ...firstRun, status: 'rejects', exitCode: 4 }, plain)
  expect(text).toContain(
    '→ Mend the rejected records and run again, or admit some with `limits: { rejects: … }`.\n',
  )
})

it('a verification that does not hold names each check with what was expected and found', () => {
  const checks = [
    { name: 'outcomes', expected: 300, actual: 300, ok: true },
    { name: 'rows', expected: 286, actual: 285, ok: false },
    { name: 'references', expected: 0, actual: 3, ok: false },
  ]
  const pipelines = [
    pipelineReport('organizations'),
    pipelineReport('users', { verification: { ok: false, checks } }),
  ]
  const report = runReport({ command: 'verify', runId: null, status: 'failed', exitCode: 4, pipelines })
  expect(formatRunText(report, plain)).toMatchInlineSnapshot(`
    "verify on postgres 16.4, shop

    pipeline       outcomes        rows  values  dangling references  sequences
    organizations         1           1       1                    1          1
    users               300  285 of 286       ·                    3          ·

    verified: outcomes add up, values are as applied, sequences are ahead of their columns.
    not verified
      users: entries of the ledger have lost their rows: expected 286, found 285
      users: references lead to no row: expected 0, found 3

    verification failed (exit code 4), after 1.2 s: 600 records, all unchanged
    "
  `)
})

it('verbose adds the files with their hashes, the speed and more examples', () => {
  const text = formatRunText(firstRun, { colour: false, verbose: true, width: 100 })
  expect(text).toContain('data/users.json  1.3 MB  sha256 c0ffee11c0ffee11…')
  expect(text).toContain('records/s')
  expect(text).toContain('key 16 at data/users.json:/users/16')
})

it('colours are there only when asked for', () => {
  for (const report of [firstRun, secondRun, somePlan, failedRun]) {
    expect(formatRunText(report, plain)).not.toContain('\u001b')
    expect(formatRunText(report, { ...plain, colour: true })).toContain('\u001b[')
  }
})

it('nothing of the source reaches the terminal with its control characters', () => {
  const evil = 'x\u001b]0;owned\u0007\u202e\u009b2J'
  const report = runReport({
    command: 'plan',
    target: { dialect: 'sqlite', version: '3', database: evil },
    pipelines: [
      pipelineReport(evil, {
        source: { files: [{ path: evil, bytes: 1, sha256: 'a' }], records: 1 },
        warnings: [{ code: 'enum_alias', count: 1, column: evil, values: [evil] }],
        rejects: [
          { code: 'check', column: evil, count: 1, examples: [{ key: evil, at: evil, message: evil }] },
        ],
        enums: [
          {
            column: evil,
            enum: evil,
            values: [
              { legacy: evil, count: 1, via: 'unknown', value: null },
              { legacy: evil, count: 1, via: 'alias', value: evil },
            ],
          },
        ],
        verification: { ok: false, checks: [{ name: 'rows', expected: 1, actual: 0, ok: false }] },
        changes: [
          { key: evil, at: evil, action: 'update', columns: [{ column: evil, from: evil, to: `${evil}y` }] },
        ],
      }),
    ],
    errors: [{ code: 'x', message: evil, hint: evil }],
  })
  const text = formatRunText(report, { colour: false, verbose: true, width: 100 }).replaceAll('\n', '')
  expect(stripControls(text)).toBe(text)
})

it('a saved plan is named, with the command that applies it', () => {
  expect(formatRunText({ ...somePlan, savedPlan: 'plan.json' }, plain)).toContain(
    '\nsaved to plan.json: `carryover run --plan plan.json` does this and nothing else\n',
  )
  expect(formatRunText(somePlan, plain)).not.toContain('saved to')
})
