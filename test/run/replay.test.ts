import { expect, test } from 'vitest'
import type { CompiledPipeline } from '../../src/pipeline/compiled-pipeline.js'
import { openReplay } from '../../src/run/replay.js'
import { openSqlite } from '../../src/target/sqlite/open-sqlite.js'
import { aReject } from '../contract/a-reject.js'
import { defaultOptions } from '../contract/engine.js'

test('a replay that is read a second time gives the same records, and counts their bytes once', async () => {
  const target = await openSqlite(':memory:', defaultOptions)
  try {
    await target.ledger.prepare()
    const exact = { ...aReject('r1'), record: '{"a":1}', copy: 'exact' } as const
    await target.inBatch((batch) => batch.keepRejects('people', 1, [exact]))
    const source = openReplay(target.ledger).of({ name: 'people' } as CompiledPipeline)
    for (let pass = 1; pass <= 2; pass += 1) {
      const values: unknown[] = []
      for await (const chunk of source.chunks(new AbortController().signal))
        values.push(...chunk.map(({ value }) => value))
      expect(values).toEqual([{ a: 1 }])
      expect(source.files()).toMatchObject([{ path: 'ledger', bytes: 7 }])
    }
  } finally {
    await target.close()
  }
})
