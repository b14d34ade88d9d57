import { expect, test } from 'vitest'
import type { PipelineProfile, RunOptions, RunReport } from '../../src/index.js'
import { organization, person } from './atomic.js'
import { promise, type Ground } from './ground.js'

const outside = ['connect', 'load', 'check source', 'start', 'finish']

async function lay(ground: Ground): Promise<void> {
  await ground.source('organizations', [organization(1), organization(2)])
  await ground.source('people', [person(1, { org: 1 }), person(2), person(3, { age: -1 })])
}

const sum = ({ stages }: PipelineProfile) => stages.reduce((total, { ms }) => total + ms, 0)
const names = (profile: PipelineProfile | undefined) =>
  (profile?.stages ?? []).map(({ stage }) => stage).toSorted()

/** Who does not ask is told nothing; whoever does, where the time of this report went. */
function profiled(report: RunReport): { whole: string[]; people: string[] } {
  const { profile, pipelines, durationMs } = report
  if (profile === undefined) throw new Error('There is no profile.')
  expect(sum(profile)).toBeLessThanOrEqual(durationMs)
  expect(profile.waitedMs).toBeLessThanOrEqual(durationMs)
  expect(profile.cpuMs).toBeGreaterThan(0)
  expect(profile.peakMemoryMb).toBeGreaterThan(10)
  for (const { profile: own, durationMs: ofPipelineMs } of pipelines)
    expect(sum(own as PipelineProfile)).toBeLessThanOrEqual(ofPipelineMs)
  // Of every stage the pipelines have no more than the run has, however each was rounded.
  for (const { stage, ms } of profile.stages) {
    const parts = pipelines.flatMap(
      ({ profile: own }) => own?.stages.filter((part) => part.stage === stage) ?? [],
    )
    expect(parts.reduce((total, part) => total + part.ms, 0)).toBeLessThanOrEqual(ms)
  }
  return { whole: names(profile), people: names(pipelines.find(({ name }) => name === 'people')?.profile) }
}

promise('where the time went is told by stage', (ground) => {
  test('a run, a rerun, a plan and a verification have stages that add up to no more than they took', async () => {
    await lay(ground)
    const ofRecords = [
      'catalogue',
      'commit',
      'decide',
      'encode',
      'read',
      'resolve references',
      'validate and map',
    ]
    const ofWrites = ['apply', 'keep rejects', 'look up', 'match', 'verify']

    const planned = profiled(await ground.plan({ profile: true }))
    expect(planned.whole).toEqual(expect.arrayContaining([...outside, ...ofRecords, ...ofWrites]))
    expect(planned.whole).not.toContain('lock')

    const first = profiled(await ground.run({ profile: true }))
    expect(first.whole).toEqual(expect.arrayContaining([...outside, 'lock', ...ofRecords, ...ofWrites]))

    const second = profiled(await ground.run({ profile: true }))
    const ofUntouched = ['commit', 'decide', 'encode', 'look up', 'read', 'validate and map', 'verify']
    expect(second.people).toEqual(expect.arrayContaining(ofUntouched))
    const full = profiled(await ground.run({ profile: true, full: true }))
    expect(full.people).toEqual([...ofRecords, ...ofWrites].toSorted())

    await ground.source('people', [person(1), person(2, { org: 2 })])
    const changed = profiled(await ground.run({ profile: true }))
    expect(changed.people).toEqual(expect.arrayContaining([...ofRecords, ...ofWrites, 're-read']))

    const verified = profiled(await ground.verify({ profile: true }))
    expect(verified.people).toEqual([...ofRecords, 'look up', 'match', 'verify'].toSorted())
  })

  test.each<[string, RunOptions]>([
    ['one transaction for each pipeline', { policies: { atomic: 'pipeline' } }],
    ['one transaction for the run', { policies: { atomic: 'run' } }],
    ['one record a batch', { batch: 1 }],
    ['rejects that are replayed', { rejects: true }],
  ])('so it is with %s', async (_, options) => {
    await lay(ground)
    if (options.rejects === true) await ground.run()
    const { people } = profiled(await ground.run({ ...options, profile: true }))
    expect(people).toEqual(expect.arrayContaining(['commit', 'decide', 'read']))
  })

  test('a saved plan is computed again in a stage of its own', async () => {
    await lay(ground)
    const plan = `${ground.dir}/plan.json`
    await ground.plan({ out: plan })
    expect(profiled(await ground.run({ plan, profile: true })).whole).toContain('check plan')
  })

  test('what is removed has a stage', async () => {
    const policies = { missing: 'delete' } as const
    const people = Array.from({ length: 20 }, (_, at) => person(at))
    await ground.source('people', people)
    await ground.run({ policies })
    await ground.source('people', people.slice(1))
    expect(profiled(await ground.run({ policies, profile: true })).people).toContain('remove')
  })

  test('a run that fails says how far its time went', async () => {
    await ground.file('data/people.json', '[{')
    const report = await ground.run({ profile: true })
    expect(report.status).toBe('failed')
    expect(profiled(report).whole).toContain('check source')
  })

  test('nobody is told who has not asked', async () => {
    await lay(ground)
    for (const report of [await ground.plan(), await ground.run(), await ground.run({ profile: false })]) {
      expect(report).not.toHaveProperty('profile')
      for (const pipeline of report.pipelines) expect(pipeline).not.toHaveProperty('profile')
    }
  })
})
