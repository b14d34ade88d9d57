import { expect, test } from 'vitest'
import { addPipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

promise('sequences are right after a run', (ground) => {
  test('the next row of another program gets a number of its own after old ids were carried over', async () => {
    await ground.source('tickets', [
      { id: 10, title: 'a' },
      { id: 40, title: 'b' },
      { id: 7, title: 'c' },
    ])
    const report = await ground.run()
    expect(report.errors).toEqual([])
    expect(report.sequences).toEqual([{ table: 'tickets', column: 'id', from: null, to: '40' }])
    await ground.query(`insert into tickets (title) values ('new')`)
    expect(await ground.query(`select id from tickets where title = 'new'`)).toEqual([{ id: 41 }])
    expect((await ground.verify()).exitCode).toBe(0)
  })

  test('a sequence that is ahead stays where it is', async () => {
    await setSequence(ground, 1000)
    await ground.source('tickets', [{ id: 10, title: 'a' }])
    expect((await ground.run()).sequences).toEqual([])
    await ground.query(`insert into tickets (title) values ('new')`)
    expect(await ground.query(`select id from tickets where title = 'new'`)).toEqual([{ id: 1001 }])
  })

  test('it stays ahead when the rows that were the greatest are deleted', async () => {
    await ground.source('tickets', [
      { id: 10, title: 'a' },
      { id: 40, title: 'b' },
    ])
    await ground.run()
    await ground.query('delete from tickets where id = 40')
    await ground.source('tickets', [{ id: 10, title: 'A' }])
    expect((await ground.run()).sequences).toEqual([])
    await ground.query(`insert into tickets (title) values ('new')`)
    expect(await ground.query(`select id from tickets where title = 'new'`)).toEqual([{ id: 41 }])
  })

  test('a plan, a rerun, a verification and a run of changes draw no number', async () => {
    await ground.source('tickets', [
      { id: 10, title: 'a' },
      { id: 11, title: 'b' },
    ])
    await ground.plan()
    expect(await lastNumber(ground)).toBe(null)
    await ground.run()
    expect(await lastNumber(ground)).toBe('11')
    await ground.run()
    await ground.plan()
    await ground.verify()
    await ground.source('tickets', [
      { id: 10, title: 'A' },
      { id: 11, title: 'b' },
    ])
    await ground.run()
    expect(await lastNumber(ground)).toBe('11')
  })

  test('a rejected record with a key of its own leaves no trace in the sequence', async () => {
    await ground.source('tickets', [
      { id: 10, title: 'a' },
      { id: 90, title: null },
      { id: 91, title: 'c', author: 'nobody' },
    ])
    const report = await ground.run()
    expect(report.totals.rejected).toBe(2)
    expect(await lastNumber(ground)).toBe('10')
  })

  test('negative ids and an empty table move nothing', async () => {
    await ground.run()
    expect(await lastNumber(ground)).toBe(null)
    await ground.source('tickets', [{ id: -5, title: 'a' }])
    const report = await ground.run()
    expect(report.sequences).toEqual([])
    expect(report.pipelines.every((pipeline) => pipeline.verification.ok)).toBe(true)
    await ground.query(`insert into tickets (title) values ('new')`)
    expect(await ground.query(`select id from tickets where title = 'new'`)).toEqual([{ id: 1 }])
  })

  test('keys that the database makes are made once a row: a rerun, a plan and foreseen rejects draw none', async () => {
    await layNotes(ground)
    await ground.source('notes', [
      { key: 'a', text: 'one' },
      { key: 'b', text: 'much too long' },
      { key: 'c', text: 'two' },
    ])
    await ground.plan({ only: ['notes'] })
    await ground.run({ only: ['notes'] })
    await ground.run({ only: ['notes'] })
    expect(await ground.query('select id, text from notes order by id')).toEqual([
      { id: 1, text: 'one' },
      { id: 2, text: 'two' },
    ])
    await ground.query(`insert into notes (text) values ('new')`)
    expect(await ground.query(`select id from notes where text = 'new'`)).toEqual([{ id: 3 }])
  })

  test('keys that are given to a column which is always generated are carried over, and its sequence follows', async () => {
    await layNotes(ground, `id: ({ number }) => number as number,`)
    await ground.source('notes', [
      { key: 'a', text: 'one', number: 70 },
      { key: 'b', text: 'two', number: 2 },
    ])
    const report = await ground.run({ only: ['notes'] })
    expect(report.errors).toEqual([])
    expect(report.sequences).toEqual([{ table: 'notes', column: 'id', from: null, to: '70' }])
    await ground.query(`insert into notes (text) values ('new')`)
    expect(await ground.query(`select id from notes where text = 'new'`)).toEqual([{ id: 71 }])
  })

  test('numbers beyond 2^53 move a sequence exactly', async () => {
    await addPipeline(
      ground,
      'wide',
      wide,
      'create table wide (id bigserial primary key, label text not null)',
    )
    await ground.file('data/wide.json', '[{"id": 9007199254740993, "label": "a"}]')
    const report = await ground.run({ only: ['wide'] })
    expect(report.errors).toEqual([])
    expect(report.sequences).toEqual([{ table: 'wide', column: 'id', from: null, to: '9007199254740993' }])
    await ground.query(`insert into wide (label) values ('new')`)
    const text = ground.engine === 'sqlite' ? 'cast(id as text)' : 'id::text'
    expect(await ground.query(`select ${text} as id from wide where label = 'new'`)).toEqual([
      { id: '9007199254740994' },
    ])
  })
})

/** @param id how the key is given, nothing when the database makes it */
const notes = (id: string) => `
export const notes = pg.pgTable('notes', {
  id: pg.integer('id').primaryKey().generatedAlwaysAsIdentity(),
  text: pg.varchar('text', { length: 5 }).notNull().unique(),
})
export default definePipeline({
  name: 'notes',
  source: { files: '../data/notes.json' },
  record: z.object({ key: z.string(), text: z.string(), number: z.number().optional() }),
  key: 'key',
  target: notes,
  columns: { ${id} text: 'text' },
})
`

const wide = `
export const wide = pg.pgTable('wide', {
  id: pg.bigserial('id', { mode: 'bigint' }).primaryKey(),
  label: pg.text('label').notNull(),
})
export default definePipeline({
  name: 'wide',
  source: { files: '../data/wide.json' },
  record: z.object({ id: z.bigint(), label: z.string() }),
  key: 'id',
  target: wide,
  columns: { id: 'id', label: 'label' },
})
`

async function layNotes(ground: Ground, id = ''): Promise<void> {
  await addPipeline(
    ground,
    'notes',
    notes(id),
    `create table notes (id integer primary key generated always as identity, text varchar(5) not null constraint notes_text_unique unique)`,
  )
}

/** The last number that was drawn for a ticket, null when none was. */
async function lastNumber(ground: Ground): Promise<string | null> {
  const [row] = await ground.query(
    ground.engine === 'sqlite'
      ? `select cast(seq as text) as last from sqlite_sequence where name = 'tickets'`
      : `select case when is_called then last_value::text end as last from tickets_id_seq`,
  )
  return (row?.['last'] as string | null | undefined) ?? null
}

async function setSequence(ground: Ground, last: number): Promise<void> {
  await ground.query(
    ground.engine === 'sqlite'
      ? `insert into sqlite_sequence (name, seq) values ('tickets', ${last})`
      : `select setval('tickets_id_seq', ${last})`,
  )
}
