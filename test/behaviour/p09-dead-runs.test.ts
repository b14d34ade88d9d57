import { expect, test } from 'vitest'
import { status, unlock, type StatusReport } from '../../src/index.js'
import { startCarryover, type CarryoverProcess } from './carryover-process.js'
import { addGatedPipeline, type Gate } from './gated-pipeline.js'
import { promise, type Ground } from './ground.js'

promise('a run that holds the lock can be seen, can die, and can be cleared away', (ground) => {
  test('kill -9 frees the lock, and the next run marks the dead one as interrupted', async () => {
    const { gate, running } = await atWork(ground)
    await killed(running)
    const left = await statusOf(ground)
    expect(left.lease).toMatchObject({ held: false, command: 'run', runId: 1, processId: running.child.pid })
    expect(left.lastRun).toMatchObject({ id: 1, status: 'running', finishedAt: null })
    await gate.open()
    const next = await ground.run({ only: ['letters'], waitMs: 10_000 })
    expect(next).toMatchObject({ status: 'ok', runId: 2 })
    expect(await letters(ground)).toEqual([1, 2])
    expect(await runsOf(ground)).toEqual(['interrupted', 'ok'])
    expect((await statusOf(ground)).lease).toBeNull()
  })

  test('the status says who is at work, and writes nothing', async () => {
    const { gate, running } = await atWork(ground)
    const { lease, lastRun } = await statusOf(ground)
    expect(lease).toMatchObject({ held: true, runId: 1, processId: running.child.pid, deployment: null })
    expect(lastRun).toMatchObject({ id: 1, status: 'running' })
    await gate.open()
    expect(await running.ended).toMatchObject({ exitCode: 0 })
  })

  test('a second run says on stderr for whom it waits, and why it leaves', async () => {
    const { gate, running } = await atWork(ground)
    const second = startCarryover(ground, ['run', 'letters', '--wait=1s'])
    const { exitCode, report } = await second.ended
    const who = `run 1 by .* on .* \\(process ${running.child.pid}\\), since .* UTC, last sign of life .* UTC`
    expect(exitCode).toBe(3)
    expect(second.said()).toMatch(new RegExp(`^waiting up to 1\\.0 s for another run to end: ${who}\\n$`))
    expect(report.errors?.[0]?.message).toMatch(new RegExp(who))
    await gate.open()
    await running.ended
  })

  test('a run whose lease is taken from it ends with exit code 3 and commits nothing more', async () => {
    const { gate, running } = await atWork(ground)
    await ground.query(`delete from ${ground.ledger('lease')}`)
    await gate.open()
    const { exitCode, report } = await running.ended
    expect(exitCode).toBe(3)
    expect(report).toMatchObject({ status: 'locked', errors: [{ code: 'run.lock_lost' }] })
    expect(await letters(ground)).toEqual([])
    expect(await ground.query(`select 1 from ${ground.ledger('records')}`)).toEqual([])
  })

  test('unlock clears what a dead run has left, without a question, and has nothing to do the second time', async () => {
    const { running } = await atWork(ground)
    await killed(running)
    await statusOf(ground)
    const cleared = await unlock({ cwd: ground.dir, database: ground.url, env: {} })
    expect(cleared).toMatchObject({ exitCode: 0, held: false, lease: { runId: 1 }, interruptedRuns: [1] })
    expect(await runsOf(ground)).toEqual(['interrupted'])
    expect(await unlock({ cwd: ground.dir, database: ground.url, env: {} })).toMatchObject({
      exitCode: 0,
      held: false,
      lease: null,
      interruptedRuns: [],
    })
  })

  test('unlock ends no connection that nobody has said yes to', async () => {
    const { gate, running } = await atWork(ground)
    const refused = await unlock({ cwd: ground.dir, database: ground.url, env: {} })
    expect(refused).toMatchObject(
      ground.engine === 'postgres'
        ? { exitCode: 64, errors: [{ code: 'usage.confirm' }] }
        : { exitCode: 3, errors: [{ code: 'run.locked' }] },
    )
    const declined = await unlock({
      cwd: ground.dir,
      database: ground.url,
      env: {},
      confirm: async () => false,
    })
    expect(declined).toMatchObject({ exitCode: 3, held: true, endedBackendPid: null })
    await gate.open()
    expect(await running.ended).toMatchObject({ exitCode: 0 })
  })

  test('unlock that was said yes to ends the connection of the holder on Postgres, and nothing on SQLite', async () => {
    const { gate, running } = await atWork(ground)
    const broken = await unlock({ cwd: ground.dir, database: ground.url, env: {}, confirm: async () => true })
    await gate.open()
    const { exitCode } = await running.ended
    if (ground.engine === 'sqlite') {
      expect(broken).toMatchObject({ exitCode: 3, errors: [{ code: 'run.locked' }] })
      expect(broken.errors[0]?.message).toContain(`(process ${running.child.pid})`)
      expect(exitCode).toBe(0)
      return
    }
    expect(broken).toMatchObject({ exitCode: 0, lease: { runId: 1 }, interruptedRuns: [1] })
    expect(broken.endedBackendPid).toBe(broken.lease?.backendPid)
    expect(exitCode).not.toBe(0)
    expect(await letters(ground)).toEqual([])
    expect(await ground.run({ only: ['letters'] })).toMatchObject({ status: 'ok', totals: { inserted: 2 } })
  })
})

/** A process that stands in the middle of its run. */
async function atWork(ground: Ground): Promise<{ gate: Gate; running: CarryoverProcess }> {
  const gate = await addGatedPipeline(ground)
  const running = startCarryover(ground, ['run', 'letters'])
  await gate.reached()
  return { gate, running }
}

async function killed({ child, ended }: CarryoverProcess): Promise<void> {
  child.kill('SIGKILL')
  await ended
}

function statusOf(ground: Ground): Promise<StatusReport> {
  return freed(() => status({ cwd: ground.dir, database: ground.url, env: {} }))
}

/** A server may take a moment to notice that a process is gone. */
async function freed(ask: () => Promise<StatusReport>): Promise<StatusReport> {
  for (let attempt = 0; ; attempt += 1) {
    const report = await ask()
    const { lease } = report
    if (lease === null || !lease.held || isAlive(lease.processId) || attempt > 100) return report
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch {
    return false
  }
}

async function letters(ground: Ground): Promise<unknown[]> {
  return (await ground.query('select id from letters order by id')).map((row) => row['id'])
}

async function runsOf(ground: Ground): Promise<unknown[]> {
  return (await ground.query(`select status from ${ground.ledger('runs')} order by id`)).map(
    (row) => row['status'],
  )
}
