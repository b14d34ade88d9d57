import type { Batch } from '../target/batch.js'
import type { PipelineState } from './pipeline-state.js'
import { settleStubs } from './settle-stubs.js'

/** A stub that was made for the records of a round. */
export interface MadeStub {
  readonly pipeline: string
  /** The column that asked for it first. */
  readonly column: string
  readonly inserted: boolean
}

/** The answer to a reference that asks for a stub. */
export type StubAnswer = { readonly rowKey: string } | { readonly refused: string }

/** The stubs that the references of a batch ask for. */
export interface AskedStubs {
  readonly made: readonly MadeStub[]
  answerOf(column: number, key: string): StubAnswer
}

/** Makes the stubs, each once. */
export async function askedStubs(
  state: PipelineState,
  batch: Batch,
  asked: readonly { readonly column: number; readonly key: string }[],
): Promise<AskedStubs> {
  const pipelineOf = (column: number) => state.prepared.parents.get(column)?.pipeline as string
  const columns = new Map<string, Map<string, number>>()
  for (const { column, key } of asked) {
    const keys = columns.get(pipelineOf(column)) ?? new Map<string, number>()
    columns.set(pipelineOf(column), keys)
    if (!keys.has(key)) keys.set(key, column)
  }
  const made: MadeStub[] = []
  const answers = new Map<string, Map<string, StubAnswer>>()
  for (const [pipeline, keys] of columns) {
    const { rowKeys, inserted, refused } = await settleStubs(state, batch, pipeline, [...keys.keys()])
    const own = new Map<string, StubAnswer>()
    for (const [key, column] of keys) {
      const rowKey = rowKeys.get(key)
      if (rowKey === undefined) own.set(key, { refused: refused.get(key) ?? 'it is not settled' })
      else {
        own.set(key, { rowKey })
        made.push({
          pipeline,
          column: state.prepared.names[column] as string,
          inserted: inserted.has(key),
        })
      }
    }
    answers.set(pipeline, own)
  }
  return {
    made,
    answerOf: (column, key) => answers.get(pipelineOf(column))?.get(key) ?? { refused: 'it is not settled' },
  }
}
