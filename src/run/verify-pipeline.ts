import { isBehind } from '../target/sequence-facts.js'
import type { EntryCounts } from '../target/target.js'
import type { PipelineState } from './pipeline-state.js'
import { familyOf, type PreparedPipeline } from './prepared-pipeline.js'
import type { RunContext } from './run-context.js'
import type { VerificationCheck } from './run-report.js'
import { countWarning } from './tally.js'

/** Counts everything a second time, from the target's side; the sequences count when they are moved. */
export async function verifyPipeline(state: PipelineState): Promise<VerificationCheck[]> {
  return [
    outcomesAddUp(state),
    await entriesHaveRows(state),
    valuesWereReread(state),
    await referencesResolve(state),
  ]
}

/** Every record that was read has one outcome. */
export function outcomesAddUp({ tally }: PipelineState): VerificationCheck {
  const sum =
    Object.values(tally.outcomes).reduce((total, count) => total + count, 0) - tally.outcomes.removed
  return check('outcomes', tally.records, sum)
}

/** Every entry of the ledger has its row. A row that somebody deleted since an earlier run is told, and is no failure. */
export async function entriesHaveRows(state: PipelineState): Promise<VerificationCheck> {
  const { target, runId } = state.context
  // They were counted before anything was skipped.
  if (state.shortCuts.way === 'whole')
    return check('rows', state.shortCuts.whole.entries, state.shortCuts.whole.entries)
  let [entries, rows] = [0, 0]
  for (const { pipeline, table } of familyOf(state.prepared)) {
    const all = await target.countEntries(pipeline.name, table)
    rows += all.rows
    entries += all.entries
    if (all.entries === all.rows) continue
    const own = await target.countEntries(pipeline.name, table, runId)
    const earlier = all.entries - all.rows - (own.entries - own.rows)
    if (earlier > 0) countWarning(state.tally, 'row_deleted', undefined, undefined, earlier)
    entries -= earlier
  }
  return check('rows', entries, rows)
}

/** How many entries the ledger has of a pipeline and its children that must have a row, and how many have one. */
export async function countFamily(
  { target }: Pick<RunContext, 'target'>,
  prepared: PreparedPipeline,
): Promise<EntryCounts> {
  const sum = { entries: 0, rows: 0 }
  for (const { pipeline, table } of familyOf(prepared)) {
    const { entries, rows } = await target.countEntries(pipeline.name, table)
    sum.entries += entries
    sum.rows += rows
  }
  return sum
}

/** What this run wrote was read back. A trigger may rewrite values: that is told, and is no failure. */
function valuesWereReread({ tally, prepared }: PipelineState): VerificationCheck {
  const rewritten = tally.reread.rows - tally.reread.equal
  if (rewritten > 0 && familyOf(prepared).some(({ table }) => table.hasTriggers)) {
    countWarning(tally, 'rewritten', undefined, undefined, rewritten)
    return check('values', tally.reread.rows, tally.reread.rows)
  }
  return check('values', tally.reread.rows, tally.reread.equal)
}

/** No row of the pipeline points at nothing. A foreign key that the database enforces needs no count. */
export async function referencesResolve(state: PipelineState): Promise<VerificationCheck> {
  let dangling = 0
  for (const { pipeline, table, columns, parents } of familyOf(state.prepared)) {
    for (const [index, parent] of parents) {
      const column = columns[index]?.name as string
      const enforced = table.foreignKeys.some(
        (key) => key.enforced && key.columns.length === 1 && key.columns[0] === column,
      )
      if (!enforced)
        dangling += await state.context.target.countDangling(pipeline.name, table, column, parent.table)
    }
  }
  return check('references', 0, dangling)
}

/**
 * No sequence would hand out a number that its column has passed. One that the role may not read is in order only where the
 * pipeline gives no numbers of its own.
 */
export async function sequencesAreAhead(state: PipelineState): Promise<VerificationCheck> {
  let [all, ahead] = [0, 0]
  for (const { table, names } of familyOf(state.prepared)) {
    const sequences = await state.context.target.sequences(table)
    all += sequences.length
    ahead += sequences.filter(
      (facts) => !isBehind(facts) && (facts.isKnown || !names.includes(facts.column)),
    ).length
  }
  return check('sequences', all, ahead)
}

/** A count beside the count it must equal. */
export function check(name: string, expected: number, actual: number): VerificationCheck {
  return { name, expected, actual, ok: expected === actual }
}
