import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { messagesOf, rejectsOf } from './comparable.js'
import { addPipeline } from './extra-pipeline.js'
import { promise } from './ground.js'

const members = (source: string, record: string, rest = `key: ['$file', 'id'], `) => `
export const members = pg.pgTable('members', { id: pg.text('id').primaryKey(), team: pg.text('team'), place: pg.text('place') })
export default definePipeline({
  name: 'members',
  source: ${source},
  record: ${record},
  ${rest}
  target: members,
  columns: { id: 'id', team: ({ $parent }) => $parent?.name ?? null, place: ({ $file }) => $file ?? null },
})
`
const ddl = 'create table members (id text primary key, team text, place text)'

promise('a record can see what surrounds it', (ground) => {
  const rows = async () =>
    (await ground.query('select id, team, place from members order by id')).map((row) => ({ ...row }))
  const legacyKeys = async () =>
    (await ground.query(`select legacy_key from ${ground.ledger('records')} order by legacy_key`)).map(
      ({ legacy_key: key }) => key,
    )

  test('the file and a field make a key, and the element around it fills a column', async () => {
    const record = `z.strictObject({ id: z.string(), $file: z.string(), $parent: z.looseObject({ name: z.string() }) })`
    await addPipeline(
      ground,
      'members',
      members(`{ files: '../data/teams/*.json', at: '/teams/*/members' }`, record),
      ddl,
    )
    await mkdir(join(ground.dir, 'data', 'teams'))
    await ground.file(
      'data/teams/a.json',
      '{"teams": [{"members": [{"id": "1"}, {"id": "2"}], "name": "Red"}, {"name": "none"}]}',
    )
    await ground.file('data/teams/b.json', '{"teams": {"x": {"name": "Blue", "members": [{"id": "3"}]}}}')
    expect(await ground.plan({ only: ['members'] })).toMatchObject({ status: 'ok', totals: { inserted: 3 } })
    expect(await ground.run({ only: ['members'] })).toMatchObject({ status: 'ok', totals: { inserted: 3 } })
    expect(await rows()).toEqual([
      { id: '1', team: 'Red', place: '../data/teams/a.json' },
      { id: '2', team: 'Red', place: '../data/teams/a.json' },
      { id: '3', team: 'Blue', place: '../data/teams/b.json' },
    ])
    expect(await legacyKeys()).toEqual([
      '["../data/teams/a.json","1"]',
      '["../data/teams/a.json","2"]',
      '["../data/teams/b.json","3"]',
    ])
    expect(await ground.run({ only: ['members'] })).toMatchObject({ totals: { unchanged: 3 }, exitCode: 0 })
    await ground.file('data/teams/b.json', '{"teams": {"x": {"name": "Green", "members": [{"id": "3"}]}}}')
    expect(await ground.run({ only: ['members'] })).toMatchObject({ totals: { unchanged: 2, updated: 1 } })
  })

  test('a reject has the key that surroundings make, its place, and its value as it is in the source', async () => {
    const record = `z.strictObject({ id: z.string(), $key: z.string(), $file: z.string(), $parent: z.any() })`
    await addPipeline(
      ground,
      'members',
      members(`{ files: '../data/members.json', at: '/*/list' }`, record, `key: ['$key', 'id'],`),
      ddl,
    )
    await ground.file('data/members.json', '[\n {"list": {"k": {"id": "1", "odd": 7}}}]')
    const report = await ground.run({ only: ['members'] })
    expect(rejectsOf(report, 'members')).toEqual({ '["k","1"]': 'invalid_record' })
    expect(messagesOf(report, 'members')['["k","1"]']).toBe('Unrecognized key: "odd"')
    expect(report.pipelines[0]?.rejects[0]?.examples[0]?.at).toBe('data/members.json:2 (byte 18)')
    const [kept] = await ground.query(`select record from ${ground.ledger('rejects')}`)
    expect(kept?.['record']).toBe('{"id":"1","odd":7}')
  })

  test('a record that is no object arrives as $value where that is declared, and is rejected elsewhere', async () => {
    const columns = `columns: { id: '$value', place: '$file' },`
    const module = (record: string) =>
      members(`{ files: '../data/members.json' }`, record, `key: '$value',`).replace(
        /columns: \{ id: 'id'.*/,
        columns,
      )
    await addPipeline(ground, 'members', module(`z.object({ $value: z.string(), $file: z.string() })`), ddl)
    await ground.source('members', ['a', 'b', 7])
    const report = await ground.run({ only: ['members'] })
    expect(report.totals).toMatchObject({ inserted: 2, rejected: 1 })
    expect(report.pipelines[0]?.rejects).toMatchObject([
      { code: 'invalid_record', column: '$value', examples: [{ key: '7' }] },
    ])
    expect((await rows()).map(({ id }) => id)).toEqual(['a', 'b'])
    const fields = `z.object({ id: z.string(), $file: z.string(), $parent: z.any().optional() })`
    await ground.file('pipelines/members.ts', imports + members(`{ files: '../data/members.json' }`, fields))
    const refused = await ground.run({ only: ['members'] })
    expect(refused.totals.rejected).toBe(3)
    expect(refused.pipelines[0]?.rejects[0]?.examples[0]?.message).toBe('expected object, received string')
  })

  test('fields named like parts of every object change no prototype on their way', async () => {
    const record = `z.looseObject({ id: z.string(), $file: z.string(), $parent: z.any().optional() })`
    await addPipeline(ground, 'members', members(`{ files: '../data/members.json' }`, record), ddl)
    await ground.file(
      'data/members.json',
      '[{"id": "1", "__proto__": {"isAdmin": true, "$parent": {"name": "x"}}, "constructor": {"prototype": {"y": 1}}}]',
    )
    expect(await ground.run({ only: ['members'] })).toMatchObject({ status: 'ok', totals: { inserted: 1 } })
    expect(await rows()).toEqual([{ id: '1', team: null, place: '../data/members.json' }])
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  })

  test('100,000 levels of nesting are rejected with a reason, and their neighbours land', async () => {
    const record = `z.object({ id: z.string(), $file: z.string().optional(), $parent: z.any().optional(), deep: z.unknown().optional() })`
    const module = members(`{ files: '../data/members.json' }`, record, `key: 'id',`)
    await addPipeline(
      ground,
      'members',
      module
        .replace("place: pg.text('place')", "place: pg.text('place'), deep: pg.jsonb('deep')")
        .replace('columns: {', "columns: { deep: json('deep'),"),
      ddl.replace('place text', 'place text, deep jsonb'),
    )
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    await ground.file(
      'data/members.json',
      `[{"id": "1"}, {"id": "2", "deep": ${deep}}, ${deep}, {"id": "3"}]`,
    )
    const report = await ground.run({ only: ['members'] })
    expect(report.totals).toMatchObject({ inserted: 2, rejected: 2 })
    expect(report.pipelines[0]?.rejects.map(({ code, column }) => [code, column])).toEqual([
      ['invalid_record', undefined],
      ['out_of_range', 'deep'],
    ])
  })
})

const imports = `
import { definePipeline } from 'carryover'
import * as pg from 'drizzle-orm/pg-core'
import { z } from 'zod'
`
