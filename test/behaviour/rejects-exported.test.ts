import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rejectsOf } from './comparable.js'
import { writePipeline } from './extra-pipeline.js'
import { promise } from './ground.js'
import { items, layItems, runItems, told } from './items.js'

promise('rejects can be taken away as files', (ground) => {
  test('an export is NDJSON that a pipeline reads as the records that were rejected', async () => {
    await layItems(ground)
    const bad = String.raw`{"id":"b","size":"XL","any":[9007199254740993,1e400,"\ud83d\u0000"]}`
    await ground.file('data/items.json', `[{"id":"a","size":"M"},${bad},{"id":"c","size":"XXL"}]`)
    await runItems(ground)
    const report = await told(ground, { exportTo: 'bad.ndjson' })
    expect(report.exported).toEqual({ files: [{ path: 'bad.ndjson', records: 2 }], left: 0 })
    const path = join(ground.dir, 'bad.ndjson')
    expect(await readFile(path, 'utf8')).toBe(`${bad}\n{"id":"c","size":"XXL"}\n`)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    await writePipeline(
      ground,
      'items',
      items({ sizes: `'M', 'XL'` }).replace(`files: '../data/items.json', at: ''`, `files: '../bad.ndjson'`),
    )
    const again = await runItems(ground)
    expect(again.totals).toMatchObject({ inserted: 1, rejected: 1 })
    expect(rejectsOf(again, 'items')).toEqual({ c: 'unknown_enum size' })
  })

  test('of several pipelines each gets a file of a folder; one file is refused and names them', async () => {
    await layItems(ground)
    await ground.source('items', [{ id: 'b', size: 'XL' }])
    await ground.source('people', [{ id: 1 }])
    await ground.run()
    const refused = await told(ground, { exportTo: 'bad.ndjson' })
    expect(refused).toMatchObject({ exitCode: 64, exported: null })
    expect(refused.errors[0]?.code).toBe('usage.several_pipelines')
    expect(refused.errors[0]?.message).toContain('items, people')
    expect((await told(ground, { exportTo: 'bad/' })).exported?.files).toEqual([
      { path: join('bad', 'items.ndjson'), records: 1 },
      { path: join('bad', 'people.ndjson'), records: 1 },
    ])
    expect((await told(ground, { exportTo: 'one.ndjson', only: ['people'] })).exported?.files).toHaveLength(1)
    const taken: string[] = []
    await told(ground, { exportTo: (lines) => taken.push(lines), only: ['people'] })
    expect(taken).toEqual(['{"id":1}\n'])
    const nowhere = await told(ground, { exportTo: 'no/such/bad.ndjson', only: ['people'] })
    expect(nowhere).toMatchObject({ exitCode: 64, errors: [{ code: 'usage.cannot_write' }] })
    expect((await told(ground, { exportTo: '-', only: ['people'] })).errors[0]?.code).toBe(
      'usage.stdout_taken',
    )
  })

  test('the folder is made, and what cannot be one is said', async () => {
    await layItems(ground)
    await ground.source('items', [{ id: 'b', size: 'XL' }])
    await runItems(ground)
    for (const time of ['first', 'second']) {
      const { exitCode, errors } = await told(ground, { exportTo: 'out/bad/' })
      expect([time, exitCode, errors]).toEqual([time, 0, []])
    }
    expect(await readFile(join(ground.dir, 'out/bad/items.ndjson'), 'utf8')).toBe('{"id":"b","size":"XL"}\n')
    await ground.file('taken', '')
    const refused = await told(ground, { exportTo: 'taken/' })
    expect(refused).toMatchObject({ exitCode: 64, errors: [{ code: 'usage.cannot_write' }] })
    expect(refused.errors[0]?.message).toContain('taken/ (EEXIST)')
  })

  test('they are told in groups, each with its first records', async () => {
    await layItems(ground)
    await ground.source('items', [{ id: 'a', size: 'XL' }, { id: 'b', size: 'S' }, { id: 'c' }])
    await runItems(ground)
    const { groups } = await told(ground)
    expect(
      groups.map(({ code, count: times, examples }) => [code, times, examples.map(({ key }) => key)]),
    ).toEqual([
      ['unknown_enum', 2, ['a', 'b']],
      ['invalid_record', 1, ['c']],
    ])
  })
})
