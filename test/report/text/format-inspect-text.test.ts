import { expect, it } from 'vitest'
import { stripControls } from '../../../src/report/strip-controls.js'
import { displayWidth } from '../../../src/report/text/display-width.js'
import { formatInspectText } from '../../../src/report/text/format-inspect-text.js'
import { inspectedField, inspectReport } from '../sample-reports.js'

const plain = { colour: false, verbose: false, width: 100 }
const [users] = inspectReport.collections

it('a table tells of each field what it holds, and what follows from it', () => {
  expect(formatInspectText(inspectReport, plain)).toMatchInlineSnapshot(`
    "users  312 records  legacy/export.json#/users (44.2 kB)

    field    present         types                 distinct  values
    user_id      312  100 %  text 300,                  311  uuid 93 %, 11 to 612, 2–36 characters
                             integer 12
    email        312  100 %  text                       312  e-mail 100 %
                                                             32 with spaces at an end
    state        300   96 %  text 290, null 10            5  6–9 characters
    joined       312  100 %  text 200,          ≈ 1,200,000  dd.MM.yyyy HH:mm 64 %, epoch-seconds 36 %,
                             integer 112                     2016-08-02 to 2021-11-02, 16 characters
    tags[]         3  100 %  text 2,                      3  9007199254740993, 1 character (2 bytes)
                             beyond 2^53 1                   1 with a NUL character, which no database
                                                             stores
                                                             1 beyond 2^53, which JavaScript rounds

    keys, and pairs of fields
      user_id   1 duplicate, 2 when case and outer spaces are ignored
      email     unique, 3 when case and outer spaces are ignored
      org + no  unique, 4 records without it

    values
      state  active × 200 (also 'ACTIVE ' × 7), closed × 90

    references
      org → organizations.id  98 % of 388 found, 7 dangle, for example at legacy/export.json:12 (byte
                              410)
      role → roles.$key       100 % of 5 found

    inspected 1 collection, 312 records
    "
  `)
})

it('what is incomplete is marked, and ends in red words', () => {
  const report = {
    ...inspectReport,
    status: 'failed' as const,
    exitCode: 1,
    errors: [{ code: 'source.syntax', message: 'a.json:3 (byte 41): not valid JSON', hint: 'Mend it.' }],
    collections: [{ ...users!, complete: false, notObjects: 2, fields: [], keys: [], references: [] }],
  }
  expect(formatInspectText(report, plain)).toMatchInlineSnapshot(`
    "users  312 records  legacy/export.json#/users (44.2 kB)
      incomplete: an error ended the reading, this is what stands before it
      2 records that are no objects and have no fields

    error source.syntax
      a.json:3 (byte 41): not valid JSON
      → Mend it.

    inspection incomplete (exit code 1): 1 collection, 312 records
    "
  `)
})

it('what a scaffold wrote is listed, and what it left to its reader', () => {
  const scaffold = { files: ['pipelines/users.ts'], notes: ['logs: no field identifies its records.'] }
  expect(formatInspectText({ ...inspectReport, collections: [], scaffold }, plain)).toMatchInlineSnapshot(`
    "written
      pipelines/users.ts
      → logs: no field identifies its records.

    inspected 0 collections, 0 records
    "
  `)
})

it('no line is wider than a terminal of 100 columns, however long names and values are', () => {
  const long = 'wörter und 大森光学 '.repeat(20)
  const fields = [
    inspectedField(long, {
      present: 1_040_278,
      of: 1_200_000,
      distinct: { count: 1_040_000, exact: false },
      types: { text: 1, integer: 1, decimal: 1, boolean: 1, null: 300, object: 4, array: 4 },
      patterns: ['uuid', 'e-mail', 'url', 'iso-date', 'json'].map((name) => ({
        name,
        count: 9,
        share: 0.03,
      })),
      instants: { min: '2016-08-02T10:00:00Z', max: '2021-11-02T10:00:00Z' },
      notNormalized: 1_234,
      values: Array.from({ length: 50 }, (_, index) => ({
        value: `value ${index}`,
        count: index,
        variants: [],
      })),
    }),
  ]
  const text = formatInspectText({ ...inspectReport, collections: [{ ...users!, fields }] }, plain)
  expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(100)
})

it('of an object that is a dictionary the rare keys are not listed one by one', () => {
  const fields = [
    inspectedField('names', { types: { object: 312 } }),
    inspectedField('names.de', { key: null, present: 300 }),
    inspectedField('names.k17', { key: null, present: 1 }),
    inspectedField('names.k17.x', { key: null, present: 1, of: 312 }),
    inspectedField('names.*', { key: null, present: 900, of: 900 }),
    inspectedField('namesake', { present: 1 }),
  ]
  const text = formatInspectText({ ...inspectReport, collections: [{ ...users!, fields }] }, plain)
  expect([...text.matchAll(/^(names\S*)/gm)].map(([, path]) => path)).toEqual([
    'names',
    'names.de',
    'names.*',
    'namesake',
  ])
})

it('colours are there only when asked for', () => {
  expect(formatInspectText(inspectReport, plain)).not.toContain('\u001b')
  expect(formatInspectText(inspectReport, { ...plain, colour: true })).toContain('\u001b[')
})

it('nothing of the files reaches the terminal with its control characters', () => {
  const evil = 'x\u001b]0;owned\u0007\u202e\u009b2J'
  const report = {
    ...inspectReport,
    collections: [
      {
        ...users!,
        name: evil,
        source: { files: evil, at: evil, format: 'json' as const, read: [] },
        fields: [
          inspectedField(evil, {
            examples: [evil],
            values: [{ value: evil, count: 1, variants: [{ value: evil, count: 1 }] }],
            numbers: { min: evil, max: 'x' },
          }),
        ],
        keys: [{ fields: [evil], missing: 0, duplicates: 0, duplicatesIgnoringCase: 0, exact: false }],
        references: [
          {
            path: evil,
            to: { collection: evil, field: evil },
            values: 2,
            dangling: 1,
            examples: [{ at: evil, value: evil }],
          },
        ],
      },
    ],
    errors: [{ code: 'x', message: evil, hint: evil }],
    scaffold: { files: [evil], notes: [evil] },
  }
  const text = formatInspectText(report, plain).replaceAll('\n', '')
  expect(stripControls(text)).toBe(text)
})
