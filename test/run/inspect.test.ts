import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { inspect, type InspectOptions, type InspectReport } from '../../src/index.js'
import { temporaryFolder } from '../source/temporary-folder.js'

type Collection = InspectReport['collections'][number]

/** Inspects files that hold these values, all of them unless some are named. */
async function inspectValues(
  files: Record<string, unknown>,
  options: Partial<InspectOptions> = {},
): Promise<InspectReport> {
  const texts = Object.entries(files).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  const cwd = temporaryFolder(Object.fromEntries(texts) as Record<string, string>)
  return inspect({ cwd, files: Object.keys(files), ...options })
}

function only(report: InspectReport): Collection {
  expect(report).toMatchObject({ status: 'ok', exitCode: 0, errors: [] })
  expect(report.collections).toHaveLength(1)
  return report.collections[0]!
}

function field(collection: Collection | undefined, path: string) {
  const found = collection?.fields.find((one) => one.path === path)
  if (found === undefined) throw new Error(`There is no field ${path}.`)
  return found
}

const samples = fileURLToPath(new URL('../../data-samples', import.meta.url))

it('tells of each field how often it is there, its types, its range and its form', async () => {
  const collection = only(
    await inspectValues({
      'a.json': [
        { id: 1, price: 1.5, on: true, when: '2020-01-31T10:00:00Z', tags: [], mail: 'ada@x.org' },
        {
          id: '2',
          price: '12.25',
          on: null,
          when: '31.12.2019 08:00',
          tags: ['a', 'bb'],
          mail: ' Ada@x.org ',
        },
        { id: 9007199254740993n.toString(), when: '', tags: ['c'], mail: 'Zoë' },
      ],
    }),
  )
  expect(field(collection, 'id')).toMatchObject({ present: 3, of: 3, types: { text: 2, integer: 1 } })
  expect(field(collection, 'price')).toMatchObject({
    present: 2,
    types: { decimal: 1, text: 1 },
    numbers: { min: '1.5', max: '1.5' },
    digits: { integer: 2, fraction: 2 },
  })
  expect(field(collection, 'on')).toMatchObject({ types: { boolean: 1, null: 1 } })
  expect(field(collection, 'when')).toMatchObject({
    emptyTexts: 1,
    instants: { min: '2019-12-31T08:00:00Z', max: '2020-01-31T10:00:00Z' },
    patterns: [
      { name: 'dd.MM.yyyy HH:mm', count: 1, share: 0.5 },
      { name: 'iso-timestamp', count: 1, share: 0.5 },
    ],
  })
  expect(field(collection, 'tags').elements).toEqual({ min: 0, max: 2, total: 3 })
  expect(field(collection, 'tags[]')).toMatchObject({ present: 3, of: 3, characters: { min: 1, max: 2 } })
  expect(field(collection, 'mail')).toMatchObject({
    outerSpaces: 1,
    characters: { min: 3, max: 11 },
    bytes: { min: 4, max: 11 },
  })
})

it('counts what a database would refuse, and what is not composed', async () => {
  const text = '[{"a": "cut \\ud83d"}, {"a": "nul \\u0000"}, {"a": "e\\u0301"}, {"n": 9007199254740993}]'
  const collection = only(await inspectValues({ 'a.json': text }))
  expect(field(collection, 'a')).toMatchObject({ loneSurrogates: 1, nulCharacters: 1, notNormalized: 1 })
  expect(field(collection, 'n')).toMatchObject({
    types: { bigInteger: 1, integer: 0 },
    numbers: { max: '9007199254740993' },
  })
})

it('numbers are moments only where nearly all of them may be', async () => {
  const epochs = Array.from({ length: 30 }, (_, index) => ({
    at: 1577836800 + index * 86_400,
    n: index * 100_000_000,
  }))
  const collection = only(await inspectValues({ 'a.json': epochs }))
  expect(field(collection, 'at').patterns).toEqual([{ name: 'epoch-seconds', count: 30, share: 1 }])
  expect(field(collection, 'at').instants).toEqual({
    min: '2020-01-01T00:00:00Z',
    max: '2020-01-30T00:00:00Z',
  })
  expect(field(collection, 'n')).toMatchObject({ patterns: [], instants: null })
})

it('dates that may be read in two ways are read as those of the field that may not', async () => {
  const dates = ['01/02/2020', '03/04/2020', '12/31/2020'].map((day) => ({ day }))
  expect(field(only(await inspectValues({ 'a.json': dates })), 'day').patterns).toEqual([
    { name: 'MM/dd/yyyy', count: 3, share: 1 },
  ])
})

it('a field that differs by case alone is no key without a word', async () => {
  const users = Array.from({ length: 40 }, (_, index) => ({ id: index, email: `user${index}@x.org` }))
  const more = [3, 7, 11].map((index) => ({ id: 100 + index, email: ` USER${index}@x.org` }))
  const { keys } = only(await inspectValues({ 'users.json': [...users, ...more] }))
  expect(keys).toEqual([
    { fields: ['id'], missing: 0, duplicates: 0, duplicatesIgnoringCase: 0, exact: true },
    { fields: ['email'], missing: 0, duplicates: 0, duplicatesIgnoringCase: 3, exact: true },
  ])
})

it('where no field is a key, pairs of fields are tried', async () => {
  const rows = [1, 2, 3, 4, 5].flatMap((org) => [1, 2, 3].map((no) => ({ org: `org ${org}`, no, note: 'x' })))
  const { keys } = only(await inspectValues({ 'tools.json': rows }))
  expect(keys).toEqual([
    { fields: ['org', 'no'], missing: 0, duplicates: 0, duplicatesIgnoringCase: null, exact: true },
  ])
})

it('values that are few are listed with their counts, spellings together', async () => {
  const states = [...Array<string>(20).fill('active'), ...Array<string>(5).fill('Closed'), 'closed ']
  const collection = only(await inspectValues({ 'a.json': states.map((state, id) => ({ id, state })) }))
  expect(field(collection, 'state').values).toEqual([
    { value: 'active', count: 20, variants: [] },
    { value: 'Closed', count: 6, variants: [{ value: 'closed ', count: 1 }] },
  ])
})

it('references are found among all files, with what dangles and where', async () => {
  const orgs = Array.from({ length: 6 }, (_, index) => ({ id: index + 1, slug: `org-${index}` }))
  const users = Array.from({ length: 30 }, (_, index) => ({
    id: `u${index}`,
    org_id: index === 29 ? 99 : (index % 6) + 1,
    rank: (index % 6) + 1,
    home: `org-${index % 6}`,
    friends: [`u${(index + 1) % 30}`],
  }))
  const report = await inspectValues({ 'users.json': users, 'orgs.json': orgs })
  const references = report.collections[0]?.references.map(({ path, to, values, dangling }) => ({
    path,
    to: `${to.collection}.${to.field}`,
    values,
    dangling,
  }))
  expect(references).toEqual([
    { path: 'org_id', to: 'orgs.id', values: 30, dangling: 1 },
    { path: 'home', to: 'orgs.slug', values: 30, dangling: 0 },
  ])
  const [example] = report.collections[0]?.references[0]?.examples ?? []
  expect(example).toEqual({ at: expect.stringMatching(/^users\.json:1 \(byte \d+\)$/) })
})

it('a record may refer to one of its own kind', async () => {
  const categories = Array.from({ length: 12 }, (_, index) => ({
    id: index + 1,
    parent_id: index === 0 ? null : Math.ceil(index / 2),
    size: (index % 5) + 1,
  }))
  const { references } = only(await inspectValues({ 'categories.json': categories }))
  expect(references).toEqual([
    {
      path: 'parent_id',
      to: { collection: 'categories', field: 'id' },
      values: 11,
      dangling: 0,
      examples: [],
    },
  ])
})

it('the key of a collection leads to none that is named after it, and an address is no reference', async () => {
  const numbers = Array.from({ length: 30 }, (_, index) => index + 1)
  const { collections } = await inspectValues({
    'Invoice.json': numbers.map((id) => ({ InvoiceId: id, BillingAddress: `Street ${id % 7}` })),
    'InvoiceLine.json': numbers.map((id) => ({ InvoiceLineId: id, InvoiceId: Math.ceil(id / 2) })),
    'Customer.json': numbers.map((id) => ({ CustomerId: id, Address: `Street ${id - 1}` })),
  })
  expect(
    collections.map(({ references }) => references.map(({ path, to }) => [path, to.collection])),
  ).toEqual([[], [['InvoiceId', 'Invoice']], []])
})

it('of fields that promise the same, the one without a duplicate is the first key', async () => {
  const countries = Array.from({ length: 30 }, (_, index) => ({
    short: `s${Math.max(index, 1)}`,
    long: `l${index}`,
  }))
  const { keys } = only(await inspectValues({ 'countries.json': countries }))
  expect(keys.map(({ fields, duplicates }) => [...fields, duplicates])).toEqual([
    ['long', 0],
    ['short', 1],
  ])
})

it('finds every list of a document by itself, and reads the one that is named', async () => {
  const document = { made: 1, users: [{ id: 1 }], orgs: { a: { name: 'A' }, b: { name: 'B' } } }
  const report = await inspectValues({ 'dump.json': document })
  expect(report.collections.map(({ name, source: { at }, records }) => [name, at, records])).toEqual([
    ['users', '/users', 1],
    ['orgs', '/orgs', 2],
  ])
  expect(report.collections[1]?.fields[0]).toMatchObject({ path: '$key', types: { text: 2 } })
  for (const options of [{ at: '/users' }, { files: ['dump.json#/users'] }]) {
    expect(only(await inspectValues({ 'dump.json': document }, options)).name).toBe('users')
  }
})

it('a glob is one collection, a file is another, and one alone can be named', async () => {
  const files = { 'y1.json': [{ a: 1 }], 'y2.json': [{ a: 2 }], 'z.ndjson': '{"a": 3}\n{"a": 4}\n' }
  const report = await inspectValues(files, { files: ['y*.json', 'z.ndjson'] })
  expect(report.collections.map(({ records, source: { read } }) => [records, read.length])).toEqual([
    [2, 2],
    [2, 1],
  ])
  expect(only(await inspectValues(files, { files: ['y*.json'], name: 'years' })).name).toBe('years')
  expect(await inspectValues(files, { name: 'all' })).toMatchObject({
    exitCode: 64,
    errors: [{ code: 'inspect.name' }],
  })
})

it('what stands before an error is shown, and marked as incomplete', async () => {
  const report = await inspectValues({
    'a.json': '[{"id": 1}, {"id": 2}, {"id": oops',
    'b.json': [{ id: 3 }],
  })
  expect(report).toMatchObject({
    status: 'failed',
    exitCode: 1,
    errors: [{ code: 'source.syntax', message: expect.stringContaining('a.json:1:31 (byte 30)') }],
    collections: [
      { complete: false, records: 2 },
      { complete: true, records: 1 },
    ],
  })
})

it('an error behind several lists of a document is told once', async () => {
  const report = await inspectValues({ 'a.json': '{"users": [{"id": 1}], "orgs": [{"id": 2}], oops' })
  expect(report.errors.map(({ code }) => code)).toEqual(['source.syntax'])
  expect(report.collections.map(({ records }) => records)).toEqual([1, 1])
})

it.each<[string, Record<string, unknown>, Partial<InspectOptions>, string, number]>([
  ['a file that is not there', {}, { files: ['no.json'] }, 'source.not_found', 1],
  ['a document without a list', { 'a.json': { name: 'x' } }, {}, 'inspect.no_list', 1],
  ['a pointer that leads nowhere', { 'a.json': { users: [] } }, { at: '/user' }, 'source.at_not_found', 1],
  ['a pointer into lines', { 'a.ndjson': '{"a": 1}' }, { at: '/users' }, 'source.at_with_ndjson', 1],
  ['lines that are called a document', { 'a.json': '{"a": 1}\n{"a": 2}\n' }, {}, 'source.syntax', 1],
  ['a document that is cut off', { 'a.json': '{"a": 1, "b": ' }, {}, 'source.truncated', 1],
  ['an empty file', { 'a.json': '' }, {}, 'source.truncated', 1],
  ['no file at all', {}, { files: [] }, 'usage.no_files', 64],
])('%s is an error with a code', async (_, files, options, code, exitCode) => {
  expect(await inspectValues(files, options)).toMatchObject({
    status: 'failed',
    exitCode,
    errors: [{ code }],
  })
})

it('values that are no names of anything are in the report only when they are asked for', async () => {
  const people = Array.from({ length: 20 }, (_, index) => ({
    id: index,
    name: `Person ${index}`,
    boss: index === 3 ? 'Nobody' : 'Person 1',
  }))
  const hidden = JSON.stringify(await inspectValues({ 'people.json': people }))
  const shown = JSON.stringify(await inspectValues({ 'people.json': people }, { showValues: true }))
  expect(hidden).not.toContain('Person 2')
  expect(shown).toContain('Person 2')
})

it('records that are no objects are counted, and a text is never taken for an object', async () => {
  const collection = only(await inspectValues({ 'a.json': [{ a: 1 }, 'text', null, [1], 5] }))
  expect(collection).toMatchObject({ records: 5, notObjects: 4 })
  expect(collection.fields).toHaveLength(1)
})

it('tells how far it is', async () => {
  const told: string[] = []
  await inspectValues(
    { 'a.json': [{ a: 1 }], 'b.json': [{ a: 1 }] },
    {
      onProgress: ({ pipeline, index, count, records, fraction }) =>
        told.push(`${pipeline} ${index}/${count} ${records} ${fraction}`),
    },
  )
  expect(told).toEqual(['a 1/2 1 1', 'b 2/2 1 1'])
})

it('stops when it is told to', async () => {
  const report = await inspectValues({ 'a.json': [{ a: 1 }] }, { signal: AbortSignal.abort() })
  expect(report).toMatchObject({ status: 'failed', exitCode: 130 })
})

it('knows the sample for what its pipelines make of it', async () => {
  const report = await inspect({
    cwd: samples,
    files: [
      'organizations.json',
      'roles.json',
      'users.json',
      'agents.ndjson',
      'invoices/*.json',
      'tools.json.gz',
    ],
  })
  expect(report.errors).toEqual([])
  expect(
    report.collections.map(({ name, records, keys }) => [name, records, keys[0]?.fields.join('+')]),
  ).toEqual([
    ['organizations', 28, 'id'],
    ['roles', 54, '$key'],
    ['users', 118, 'user_id'],
    ['agents', 52, 'agent_id'],
    ['invoices', 86, 'ref'],
    ['tools', 84, 'org+no'],
  ])
  const references = report.collections.flatMap(({ name, references: found }) =>
    found.map(({ path, to, dangling }) => `${name}.${path} → ${to.collection}.${to.field}, ${dangling}`),
  )
  expect(references).toEqual([
    'roles.org → organizations.id, 1',
    'users.org → organizations.id, 0',
    'users.role → roles.$key, 2',
    'agents.org → organizations.id, 0',
    'agents.owner → users.user_id, 1',
    'invoices.customer → organizations.slug, 3',
    'tools.org → organizations.id, 0',
    'tools.agent → agents.agent_id, 1',
  ])
})
