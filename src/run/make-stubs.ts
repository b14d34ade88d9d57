import { settleStubs } from './settle-stubs.js'
import type { AskStubs, MadeStub, StubAnswer } from './stub-answers.js'

/** Makes the stubs, each once. */
export const makeStubs: AskStubs = async (state, batch, asked) => {
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
