import { expect, test } from 'vitest'
import { messagesOf, rejectsOf } from './comparable.js'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

const id = (last: string) => `507f1f77bcf86cd79943901${last}`

promise('an export of MongoDB is read by its types', (ground) => {
  test('canonical, relaxed and of version 1 it becomes the same rows', async () => {
    await lay(ground)
    await write(ground, [
      `{"_id":{"$oid":"${id('1')}"},"at":{"$date":{"$numberLong":"1714979289050"}},"big":{"$numberLong":"9007199254740993"},
        "price":{"$numberDecimal":"1234.50"},"ref":{"$binary":{"base64":"c//SZESzTGmQ6OfR38A11A==","subType":"04"}},
        "raw":{"$binary":{"base64":"AAEC/w==","subType":"00"}},"ratio":{"$numberDouble":"1.5"},
        "extra":{"list":[{"$numberLong":"9007199254740993"},{"$oid":"${id('9')}"}],"x":{"$numberInt":"1"}}}`,
      `{"_id":{"$oid":"${id('2')}"},"at":{"$date":"2024-05-06T07:08:09.05Z"},"big":9007199254740993,
        "price":{"$numberDecimal":"1234.50"},"ref":{"$uuid":"73ffd264-44b3-4c69-90e8-e7d1dfc035d4"},
        "raw":{"$binary":{"base64":"AAEC/w==","subType":"00"}},"ratio":1.5,
        "extra":{"list":[9007199254740993,{"$oid":"${id('9')}"}],"x":1}}`,
      `{"_id":{"$oid":"${id('3')}"},"at":{"$date":1714979289050},"big":{"$numberLong":"9007199254740993"},
        "price":{"$numberDecimal":"1234.50"},"ref":{"$binary":"c//SZESzTGmQ6OfR38A11A==","$type":"04"},
        "raw":{"$binary":"AAEC/w==","$type":"00"},"ratio":1.5,
        "extra":{"list":[{"$numberLong":"9007199254740993"},{"$oid":"${id('9')}"}],"x":1}}`,
    ])
    const report = await ground.run({ only: ['exported'] })
    expect(report.totals).toMatchObject({ inserted: 3, rejected: 0 })
    const rows = await ground.query(
      'select id, at, cast(big as varchar) as big, cast(price as varchar) as price, ref, raw, ratio, cast(extra as varchar) as extra from exported order by id',
    )
    expect(
      rows.map((row) => ({
        ...row,
        at: new Date(row['at'] as string).toISOString(),
        raw: (row['raw'] as Buffer).toString('hex'),
        extra: (row['extra'] as string).replaceAll(' ', ''),
      })),
    ).toEqual(
      ['1', '2', '3']
        .map((last) => ({
          id: id(last),
          at: '2024-05-06T07:08:09.050Z',
          big: '9007199254740993',
          price: '1234.50',
          ref: '73ffd264-44b3-4c69-90e8-e7d1dfc035d4',
          raw: '000102ff',
          ratio: 1.5,
          extra: `{"x":1,"list":[9007199254740993,"${id('9')}"]}`,
        }))
        .map((row) =>
          ground.engine === 'sqlite'
            ? { ...row, extra: `{"list":[9007199254740993,"${id('9')}"],"x":1}` }
            : row,
        ),
    )
    expect((await ground.run({ only: ['exported'] })).totals.unchanged).toBe(3)
  })

  test('a wrapper that holds something else rejects the record, by its path and without its value', async () => {
    await lay(ground)
    await write(ground, [
      `{"_id":{"$oid":"secret-oid"}}`,
      `{"_id":{"$oid":"${id('2')}"},"extra":{"list":[0,{"$date":"secret-date"}]}}`,
      `{"_id":{"$oid":"${id('3')}"},"ratio":{"$numberDouble":"NaN"}}`,
      `{"_id":{"$oid":"${id('4')}"},"big":{"$numberLong":"9223372036854775807"}}`,
    ])
    const report = await ground.run({ only: ['exported'] })
    expect(report.totals).toMatchObject({ inserted: 1, rejected: 3 })
    expect(JSON.stringify(report)).not.toContain('secret')
    expect(report.pipelines[0]?.rejects).toMatchObject([
      { code: 'invalid_record', column: '_id', count: 1 },
      { code: 'invalid_record', column: 'extra.list.1', count: 1 },
      { code: 'invalid_record', column: 'ratio', count: 1 },
    ])
    // What the fields of the schema refuse is known by its key.
    expect(rejectsOf(report, 'exported')[id('3')]).toBe('invalid_record ratio')
    expect(messagesOf(report, 'exported')['']).toContain('expected an ISO text')
  })
})

async function lay(ground: Ground): Promise<void> {
  await addPipeline(
    ground,
    'exported',
    `
import { extendedJson } from 'carryover'

const bytea = pg.customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
export const exported = pg.pgTable('exported', {
  id: pg.char('id', { length: 24 }).primaryKey(),
  at: pg.timestamp('at', { withTimezone: true }),
  big: pg.bigint('big', { mode: 'bigint' }),
  price: pg.numeric('price'),
  ref: pg.uuid('ref'),
  raw: bytea('raw'),
  ratio: pg.doublePrecision('ratio'),
  extra: pg.jsonb('extra'),
})

export default definePipeline({
  name: 'exported',
  source: { files: '../data/exported.json' },
  record: extendedJson(z.object({
    _id: z.string(),
    at: z.string().optional(),
    big: z.bigint().optional(),
    price: z.string().optional(),
    ref: z.string().optional(),
    raw: z.instanceof(Uint8Array).optional(),
    ratio: z.number().optional(),
    extra: z.unknown().optional(),
  })),
  key: '_id',
  target: exported,
  columns: {
    id: '_id', at: timestamp('at'), big: 'big', price: decimal('price'), ref: 'ref', raw: 'raw', ratio: 'ratio', extra: 'extra',
  },
})
`,
    `create table exported (
       id char(24) primary key, at timestamptz, big bigint, price numeric, ref uuid, raw bytea, ratio double precision, extra jsonb
     )`,
  )
}

async function write(ground: Ground, records: readonly string[]): Promise<void> {
  await ground.file('data/exported.json', `[${records.join(',\n')}]`)
}
