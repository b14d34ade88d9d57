import { date as pgDate, pgTable, integer, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  clean,
  constant,
  date,
  decimal,
  definePipeline,
  extendedJson,
  json,
  legacyEnum,
  onChange,
  onInsert,
  reference,
  timestamp as instant,
  uuidFrom,
} from '../../src/index.js'

// `npm run types` compiles this file: each `@ts-expect-error` fails there when the mistake below it would compile.

const Level = legacyEnum('level', ['low', 'high'], { aliases: { minimal: 'low' }, fallback: 'low' })

const things = pgTable('things', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  size: integer('size'),
  level: Level.column('level').notNull(),
  levels: text('levels', { enum: ['low', 'high'] }).array(),
  extra: jsonb('extra'),
  price: text('price'),
  ownerId: uuid('owner_id'),
  seenAt: timestamp('seen_at', { withTimezone: true }),
  born: pgDate('born'),
  bornAt: pgDate('born_at', { mode: 'date' }),
  createdAt: timestamp('created_at').notNull().defaultNow(),
})

const record = z.object({
  id: z.string(),
  name: z.string(),
  nick: z.string().optional(),
  size: z.number().nullish(),
  level: z.string().nullish(),
  extra: z.unknown(),
})

const base = { name: 'things', source: { files: 'things.json' }, record, key: 'id', target: things } as const
const required = { id: uuidFrom('id'), name: 'name', level: Level.from('level') } as const

test('a sound pipeline compiles, with every helper', () => {
  const pipeline = definePipeline({
    ...base,
    columns: {
      ...required,
      size: ({ size }) => size ?? 0,
      levels: Level.fromEach('extra'),
      extra: json('extra'),
      price: decimal('size', { scale: 2, round: 'half-even', separators: { decimal: ',' }, nulls: ['-'] }),
      name: clean('name', { trim: 'end', normalize: 'NFC', case: 'lower', empty: 'null', nul: 'strip' }),
      born: date('nick', { format: 'dd.MM.yyyy', nulls: ['00.00.0000'] }),
      bornAt: date('nick', { zone: 'UTC', time: 'drop' }),
      ownerId: reference('things', 'nick', { missing: 'null' }),
      seenAt: instant('nick', { zone: 'Europe/Berlin', disambiguation: 'compatible', format: 'rfc-2822' }),
      createdAt: onInsert(() => new Date()),
    },
    match: [['name']],
    policies: { adopt: 'keep', duplicates: 'first' },
    limits: { rejects: '1%' },
  })
  expect(pipeline.name).toBe('things')
  legacyEnum('flag', ['off', 'on'], { aliases: { 0: 'off', 1: 'on', true: 'on', '': 'off' } })
  definePipeline({
    ...base,
    key: ['id', 'name'],
    stub: (key) => ({ id: key, name: 'missing', extra: null }),
    columns: {
      ...required,
      ownerId: reference('things', ['id', 'nick'], { missing: 'stub' }),
      price: reference(things, 'nick', { by: 'name' }),
    },
  })
  definePipeline({
    ...base,
    columns: { ...required, size: constant(3), createdAt: onChange(() => new Date()) },
  })
})

test('a record of extended JSON has the fields of its schema', () => {
  const extended = { ...base, record: extendedJson(record) } as const
  expect(definePipeline({ ...extended, columns: required }).name).toBe('things')
  // @ts-expect-error the record has no field `nome`
  definePipeline({ ...extended, columns: { ...required, name: 'nome' } })
  // @ts-expect-error the key is no field of the record
  definePipeline({ ...extended, key: 'uid', columns: required })
})

test('mistakes do not compile', () => {
  // @ts-expect-error the target has no column `colour`
  definePipeline({ ...base, columns: { ...required, colour: 'name' } })
  // @ts-expect-error `size` is a number, `name` is text
  definePipeline({ ...base, columns: { ...required, size: 'name' } })
  // @ts-expect-error a function that answers text does not fit a number
  definePipeline({ ...base, columns: { ...required, size: ({ name }) => name } })
  // @ts-expect-error `nick` may be missing, the column may not be null
  definePipeline({ ...base, columns: { id: uuidFrom('id'), level: Level.from('level'), name: 'nick' } })
  // @ts-expect-error the required column `name` is missing
  definePipeline({ ...base, columns: { id: uuidFrom('id'), level: Level.from('level') } })
  // @ts-expect-error the record has no field `nome`
  definePipeline({ ...base, columns: { ...required, name: 'nome' } })
  // @ts-expect-error a helper that reads a field the record does not have
  definePipeline({ ...base, columns: { ...required, id: uuidFrom('identity') } })
  // @ts-expect-error an instant does not fit a number
  definePipeline({ ...base, columns: { ...required, size: instant('nick') } })
  // @ts-expect-error a UUID does not fit a number
  definePipeline({ ...base, columns: { ...required, size: uuidFrom('id') } })
  // @ts-expect-error cleaned text does not fit a number
  definePipeline({ ...base, columns: { ...required, size: clean('name', { trim: true }) } })
  // @ts-expect-error a day does not fit a number
  definePipeline({ ...base, columns: { ...required, size: date('nick') } })
  // @ts-expect-error a helper that reads a field the record does not have
  definePipeline({ ...base, columns: { ...required, born: date('birthday') } })
  // @ts-expect-error rounding without its scale
  decimal('size', { round: 'down' })
  // @ts-expect-error a scale without how to round
  decimal('size', { scale: 2 })
  // @ts-expect-error a form of rounding that there is not
  decimal('size', { scale: 2, round: 'up' })
  // @ts-expect-error a disambiguation that there is not
  instant('nick', { disambiguation: 'guess' })
  // @ts-expect-error a normal form that there is not
  clean('name', { normalize: 'NFX' })
  // @ts-expect-error a constant of another type
  definePipeline({ ...base, columns: { ...required, size: constant('three') } })
  // @ts-expect-error an enum whose values the column does not take
  definePipeline({ ...base, columns: { ...required, level: legacyEnum('other', ['x']).from('level') } })
  // @ts-expect-error a list of an enum whose values the elements do not take
  definePipeline({ ...base, columns: { ...required, levels: legacyEnum('other', ['x']).fromEach('extra') } })
  // @ts-expect-error a list does not fit a column of one value
  definePipeline({ ...base, columns: { ...required, level: Level.fromEach('level') } })
  // @ts-expect-error one of the fields of a reference is none of the record
  definePipeline({ ...base, columns: { ...required, ownerId: reference('things', ['id', 'uid']) } })
  // @ts-expect-error a reference to a table without the column to look up
  definePipeline({ ...base, columns: { ...required, ownerId: reference(things, 'nick') } })
  // @ts-expect-error a reference to a table by a column that it does not have
  definePipeline({ ...base, columns: { ...required, ownerId: reference(things, 'nick', { by: 'slug' }) } })
  // @ts-expect-error nobody makes stubs for the rows of a table
  reference(things, 'nick', { by: 'name', missing: 'stub' })
  // @ts-expect-error a stub that the schema does not take
  definePipeline({ ...base, stub: (key) => ({ id: key }), columns: required })
  // @ts-expect-error the key is no field of the record
  definePipeline({ ...base, key: 'uid', columns: required })
  // @ts-expect-error a policy that does not exist
  definePipeline({ ...base, columns: required, policies: { adopt: 'maybe' } })
  // @ts-expect-error an alias of a value that the enum does not have
  legacyEnum('level', ['low'], { aliases: { high: 'top' } })
  expect(things).toBeDefined()
})
