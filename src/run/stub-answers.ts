import type { Batch } from '../target/batch.js'
import type { PipelineState } from './pipeline-state.js'

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
export interface StubAnswers {
  readonly made: readonly MadeStub[]
  answerOf(column: number, key: string): StubAnswer
}

/** Makes the stubs that are asked for. */
export type AskStubs = (
  state: PipelineState,
  batch: Batch,
  asked: readonly { readonly column: number; readonly key: string }[],
) => Promise<StubAnswers>

/** Makes none: for what writes nothing, and for stubs themselves, which would call up each other for ever. */
export const noStubs: AskStubs = async () => ({
  made: [],
  answerOf: () => ({ refused: 'none is made for a stub' }),
})
