import type { Batch } from '../target/batch.js'
import type { Target } from '../target/target.js'
import { wrapMethods } from '../target/wrap-methods.js'
import { noProfiler, type Profiler } from './profiler.js'
import type { Stage } from './stage.js'
import { timedWait } from './timed-wait.js'

/** What each question and each write of a batch is asked for. */
const stageOf: Readonly<Record<Exclude<keyof Batch, 'history'>, Stage>> = {
  recall: 'look up',
  untouched: 'look up',
  sourced: 'look up',
  offspring: 'look up',
  owners: 'look up',
  resolve: 'resolve references',
  resolveBy: 'resolve references',
  uncastable: 'match',
  probe: 'match',
  keyImages: 'match',
  differences: 'match',
  foresee: 'match',
  hold: 'apply',
  spareValues: 'apply',
  park: 'apply',
  apply: 'apply',
  insertFree: 'apply',
  reread: 're-read',
  noteApplied: 're-read',
  noteFingerprints: 'apply',
  keepEnumNotes: 'apply',
  forgetSources: 'apply',
  noteMoved: 'apply',
  keepRejects: 'keep rejects',
  sharedRows: 'remove',
  referredRows: 'remove',
  pointingRows: 'remove',
  remove: 'remove',
  forget: 'remove',
}

/** The same target, the time of whose answers is told to a profiler. */
export function profiledTarget<Port extends Target>(target: Port, profiler: Profiler): Port {
  if (profiler === noProfiler) return target
  const asked =
    <Given extends unknown[], Result>(stage: Stage, method: (...given: Given) => Promise<Result>) =>
    (...given: Given) =>
      timedWait(profiler, stage, () => method(...given), true)
  const profiledBatch = (batch: Batch) =>
    wrapMethods(batch, (method, name) =>
      asked(stageOf[name as keyof typeof stageOf], method as (...given: never[]) => Promise<unknown>),
    )
  const { ledger } = target
  return {
    ...target,
    ledger: {
      ...ledger,
      knowsAny: asked('look up', ledger.knowsAny),
      openRejectIds: asked('keep rejects', ledger.openRejectIds),
      closeRejects: asked('keep rejects', ledger.closeRejects),
    },
    readTable: asked('catalogue', target.readTable),
    tableNamed: asked('catalogue', target.tableNamed),
    countEntries: asked('verify', target.countEntries),
    countDangling: asked('verify', target.countDangling),
    sequences: asked('verify', target.sequences),
    // What is done in it goes on with the stage that it was begun in.
    inBatch: (work) => {
      const stage = profiler.stage()
      return timedWait(
        profiler,
        'commit',
        () => target.inBatch((batch) => timedWait(profiler, stage, () => work(profiledBatch(batch)))),
        true,
      )
    },
    aside: (work) => target.aside((batch) => work({ untouched: asked('look up', batch.untouched) })),
    atomically: (work) => {
      const stage = profiler.stage()
      const within = () => timedWait(profiler, stage, work)
      return timedWait(profiler, 'commit', () => target.atomically(within), true)
    },
    withRunLock: async (request, work) => {
      const end = profiler.begin('lock')
      try {
        return await target.withRunLock(request, () => {
          end()
          return work()
        })
      } finally {
        end()
      }
    },
  }
}
