import { expect, test } from 'vitest'
import { writeUntil } from './crash/live-writer.js'
import { onCrashGround } from './crash/on-crash-ground.js'
import { scale } from './crash/scale.js'
import { seeded } from './crash/seeded.js'
import type { Row } from './ground.js'

onCrashGround('people who edit while the import runs', (ground) => {
  test('lose no edit, and every other column holds what the source says', async () => {
    let isDone = false
    const ended = ground.start().ended.finally(() => (isDone = true))
    const edits = await writeUntil(ground.database, seeded(scale.seed), () => isDone)
    const { code, report, stderr } = await ended
    expect([code, report?.errors], stderr).toEqual([ground.undisturbed.ended.code, []])
    expect(edits.size).toBeGreaterThan(10)

    const undisturbed = (ground.undisturbed.state['people'] ?? []).map((line) => JSON.parse(line) as Row)
    const expected = new Map(undisturbed.flatMap(cellsOf))
    for (const [cell, value] of edits) expected.set(cell, value)
    const found = new Map((await ground.database.query('select * from people')).flatMap(cellsOf))
    const wrong = [...expected].filter(([cell, value]) => found.get(cell) !== value)
    expect(wrong.map(([cell, value]) => ({ cell, expected: value, found: found.get(cell) }))).toEqual([])
  }, 600_000)
})

function cellsOf(row: Row): [cell: string, value: string][] {
  return ['name', 'status', 'balance'].map((column) => [
    `${String(row['id'])} ${column}`,
    String(row[column]),
  ])
}
