import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Ground } from './ground.js'
import { undoLast } from './undo-ground.js'
import { empty, exported, ids, layHistory, runExport, trials } from './undo-history.js'

/** What people do between a run and its undo. */
const edit = fc.record({
  kind: fc.constantFrom(
    'name',
    'note',
    'slug',
    'width',
    'no door',
    'own door',
    'own shop',
    'badge',
    'no clerk',
  ),
  id: fc.constantFrom(...ids),
  side: fc.constantFrom('north', 'south', 'west'),
  badge: fc.constantFrom(1, 2, 3),
  slug: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
})
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never

/** Rows by table and key, as text; without what carryover fills in with every change. */
type Rows = Map<string, string>

test.each([
  ['sqlite', 'delete'],
  ['postgres', 'delete'],
  ['sqlite', 'soft-delete'],
] as const)(
  'whatever people edit after a run, its undo leaves that alone and takes back all else, on %s with missing: %s',
  async (engine, missing) => {
    const ground = await layHistory(engine, missing)
    await fc.assert(
      fc.asyncProperty(
        fc.array(exported, { minLength: 1, maxLength: 3 }),
        exported,
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (history, last, edits) => {
          await empty(ground)
          for (const one of history) await runExport(ground, one)
          const before = await rows(ground)
          await runExport(ground, last)
          const applied = await rows(ground)
          for (const [at, one] of edits.entries()) await ground.query(statement(one, at))
          const edited = await rows(ground)
          const { left } = await undoLast(ground)
          const after = await rows(ground)

          const stays = new Set(left.map(({ table, rowKey }) => `${table} ${rowKey}`))
          for (const key of new Set([...before.keys(), ...applied.keys(), ...edited.keys()])) {
            const wasEdited = applied.get(key) !== edited.get(key)
            if (wasEdited && !edited.has(key)) expect([key, after.get(key)]).toEqual([key, undefined])
            else if (wasEdited) expectEdits(key, applied.get(key), edited.get(key), after.get(key))
            else if (!stays.has(key)) expect([key, after.get(key)]).toEqual([key, before.get(key)])
          }
          // What an edit keeps from landing at first lands when a removal has made room: it comes to rest all the same.
          for (let at = 0; at < 3; at += 1) await runExport(ground, last)
          const again = await ground.run({ only: ['shops', 'clerks'], batch: last.batch })
          expect(again.totals).toMatchObject({ inserted: 0, updated: 0, removed: 0 })
        },
      ),
      trials(engine === 'sqlite' ? 12 : 6),
    )
  },
  900_000,
)

/** Every column that somebody edited holds what they gave it. */
function expectEdits(
  key: string,
  applied: string | undefined,
  edited: string | undefined,
  after: string | undefined,
) {
  const parsed = (text: string | undefined) => JSON.parse(text ?? '{}') as Record<string, unknown>
  const [was, is, held] = [parsed(applied), parsed(edited), parsed(after)]
  const columns = Object.keys(is).filter(
    (column) => JSON.stringify(was[column]) !== JSON.stringify(is[column]),
  )
  const of = (row: Record<string, unknown>) =>
    Object.fromEntries(columns.map((column) => [column, row[column]]))
  expect([key, of(held)]).toEqual([key, of(is)])
}

function statement({ kind, id, side, badge, slug }: Edit, at: number): string {
  switch (kind) {
    case 'name':
      return `update shops set name = 'by hand' where id = ${id}`
    case 'note':
      return `update shops set note = 'by hand' where id = ${id}`
    case 'slug':
      return `update shops set slug = 'hand-${at}' where id = ${id}`
    case 'width':
      return `update doors set width = 9.25 where shop_id = ${id} and side = '${side}'`
    case 'no door':
      return `delete from doors where shop_id = ${id} and side = '${side}'`
    case 'own door':
      return `insert into doors (shop_id, side) select id, 'hand-${at}' from shops where id = ${id}`
    case 'own shop':
      return `insert into shops (id, slug, head_id) values (${90 + at}, '${slug}', (select id from shops where id = ${id})) on conflict do nothing`
    case 'badge':
      return `update clerks set badge = ${90 + at} where badge = ${badge}`
    case 'no clerk':
      return `delete from clerks where badge = ${badge}`
  }
}

async function rows(ground: Ground): Promise<Rows> {
  const found: Rows = new Map()
  const keys = { shops: ['id'], doors: ['shop_id', 'side'], clerks: ['id'] }
  for (const [table, names] of Object.entries(keys)) {
    for (const row of await ground.query(`select * from ${table}`)) {
      const parts = names.map((name) => String(row[name]))
      const key = parts.length === 1 ? parts[0] : JSON.stringify(parts)
      found.set(`${table} ${key}`, JSON.stringify(row))
    }
  }
  return found
}
