import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { doctor, type DoctorOptions } from '../../src/index.js'
import { promise, type Ground } from '../behaviour/ground.js'

const audit = (ground: Ground, more: DoctorOptions = {}) =>
  doctor({ ...ground.options, onlyChecks: ['sequence', 'key'], ...more })

/** A sequence that is behind its column, and a key that nothing fills. */
async function breakIt(ground: Ground): Promise<void> {
  await ground.query(`insert into tickets (title) values ('a')`)
  await ground.query(`update tickets set id = 40`)
  const key = ground.engine === 'postgres' ? 'integer primary key' : 'int primary key not null'
  await ground.query(`create table visits (id ${key})`)
}

const foundIn = (report: Awaited<ReturnType<typeof doctor>>) =>
  report.findings.map(({ code, object }) => `${code} ${object}`)

promise('an audit', (ground) => {
  test('of a sound database finds nothing, and writes nothing', async () => {
    expect(await audit(ground)).toMatchObject({
      status: 'ok',
      exitCode: 0,
      findings: [],
      accepted: 0,
      errors: [],
    })
  })

  test('tells what is wrong, the gravest first, and fails', async () => {
    await breakIt(ground)
    const report = await audit(ground)
    expect(report).toMatchObject({
      status: 'failed',
      exitCode: 1,
      // SQLite goes on behind the keys that are there.
      totals: ground.engine === 'postgres' ? { errors: 2, infos: 0 } : { errors: 1, infos: 1 },
    })
    expect(foundIn(report)).toEqual(['key.no_default visits.id', 'sequence.behind tickets.id'])
  })

  test('makes the checks that are asked for', async () => {
    await breakIt(ground)
    expect(foundIn(await audit(ground, { onlyChecks: ['sequence.behind'] }))).toEqual([
      'sequence.behind tickets.id',
    ])
    expect(foundIn(await audit(ground, { skipChecks: ['sequence'] }))).toEqual(['key.no_default visits.id'])
    expect(await audit(ground, { onlyChecks: ['sequenc'] })).toMatchObject({
      status: 'failed',
      exitCode: 64,
      errors: [{ code: 'usage.no_such_check', hint: expect.stringContaining('sequence.behind, ') }],
    })
  })

  test('accepts what the baseline says, and finds what is new', async () => {
    await breakIt(ground)
    expect(await audit(ground, { updateBaseline: true })).toMatchObject({
      exitCode: 0,
      accepted: 2,
      findings: [],
    })
    expect(JSON.parse(await ground.read('doctor-baseline.json'))).toEqual({
      version: 1,
      accepted: [
        { code: 'key.no_default', object: 'visits.id' },
        { code: 'sequence.behind', object: 'tickets.id' },
      ],
    })
    await ground.query(
      `create table calls (id ${ground.engine === 'postgres' ? 'integer' : 'int not null'} primary key)`,
    )
    const later = await audit(ground)
    expect(later).toMatchObject({ exitCode: 1, accepted: 2 })
    expect(foundIn(later)).toEqual(['key.no_default calls.id'])
  })

  test('refuses a baseline that is none, or that is named and not there', async () => {
    await writeFile(join(ground.dir, 'doctor-baseline.json'), '[]')
    expect(await audit(ground)).toMatchObject({ exitCode: 64, errors: [{ code: 'usage.baseline' }] })
    expect(await audit(ground, { baseline: 'none.json' })).toMatchObject({
      exitCode: 64,
      errors: [{ code: 'usage.baseline' }],
    })
  })

  test('keeps what was accepted of checks that are not made', async () => {
    await breakIt(ground)
    await audit(ground, { updateBaseline: true })
    await audit(ground, { onlyChecks: ['sequence'], updateBaseline: true })
    expect(await audit(ground)).toMatchObject({ exitCode: 0, accepted: 2, findings: [] })
  })

  test('of files alone needs no database', async () => {
    await ground.file('carryover.config.ts', 'export default { database: process.env.SHOP_URL }')
    const report = await audit(ground, {
      database: 'postgres://nobody@127.0.0.1:1/none',
      onlyChecks: ['config'],
    })
    expect(report).toMatchObject({ exitCode: 0, target: null, errors: [] })
    expect(foundIn(report)).toEqual(['config.undocumented .env.example'])
  })

  test('that compares with nothing, or was not told to, is refused', async () => {
    const refused = { exitCode: 64, checks: [], errors: [{ code: 'usage.no_check_made' }] }
    expect(await audit(ground, { pipelines: 'nowhere/*.ts', onlyChecks: ['drift'] })).toMatchObject(refused)
    expect(await audit(ground, { onlyChecks: ['insert'] })).toMatchObject({
      ...refused,
      errors: [{ hint: 'Add --probe.' }],
    })
    const mixed = await audit(ground, { pipelines: 'nowhere/*.ts', onlyChecks: ['drift', 'sequence.behind'] })
    expect(mixed).toMatchObject({ exitCode: 0, checks: ['sequence.behind'] })
  })

  test('into a folder that is not there writes no baseline, and says so', async () => {
    expect(await audit(ground, { baseline: 'none/base.json', updateBaseline: true })).toMatchObject({
      exitCode: 64,
      errors: [{ code: 'usage.cannot_write', message: expect.stringContaining('ENOENT') }],
    })
  })

  test('needs no pipelines', async () => {
    await breakIt(ground)
    expect(foundIn(await audit(ground, { pipelines: 'nowhere/*.ts' }))).toEqual([
      'key.no_default visits.id',
      'sequence.behind tickets.id',
    ])
  })

  test('makes no database, and says that there is none', async () => {
    const database =
      ground.engine === 'postgres' ? 'postgres://nobody@127.0.0.1:1/none' : 'sqlite:none.sqlite'
    const report = await audit(ground, { database })
    expect(report).toMatchObject({ status: 'failed', exitCode: 1, findings: [], target: null })
    expect(report.errors).toHaveLength(1)
    expect(await ground.read('none.sqlite').catch(() => 'none')).toBe('none')
  })
})
