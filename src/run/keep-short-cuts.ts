import { pagesOf } from './pages-of.js'
import type { PipelineState } from './pipeline-state.js'
import { parentsOf } from './prepared-pipeline.js'
import { rejectedKeys } from './rejected-keys.js'
import type { PipelineReport, VerificationCheck } from './run-report.js'
import { isSteady, writeWhole } from './whole-source.js'

/** Characters of what is kept of a source as a whole: every run keeps it anew. */
const longestWhole = 64 * 1024

/** Entries of the ledger that are read at a time. */
const pageEntries = 5_000

/**
 * Notes what a later run may skip, when a pipeline has come to its end and nothing is amiss.
 * @param open pipelines of this run whose rows may still move
 */
export async function keepShortCuts(
  state: PipelineState,
  files: PipelineReport['source']['files'],
  checks: readonly VerificationCheck[],
  open: ReadonlySet<string>,
): Promise<void> {
  const { context, prepared, shortCuts, tally } = state
  if (shortCuts.marks === undefined) return
  const { ledger } = context.target
  const { moved, basis, marks } = shortCuts
  const moves = await ledger.moves(context.runId)
  // What was judged by rows that have moved since is to be judged again.
  const parents = parentsOf(prepared).map(({ pipeline = '' }) => pipeline)
  const isOver = parents.some((name) => moves[name] !== moved[name])
  const mayBeOver = isOver || parents.some((name) => open.has(name))
  if (mayBeOver || !shortCuts.isJudged) await forgetUnseen(state)
  if (mayBeOver) await forgetRejected(state)
  if (isOver) return
  // Of a steady source every entry has its row: the check has counted them.
  const entries = checks.find(({ name }) => name === 'rows')?.expected
  const isKept = isSteady(tally) && entries !== undefined
  const whole = isKept ? writeWhole({ files, entries }, tally, marks.isHidden) : null
  const kept = whole !== null && whole.length <= longestWhole ? whole : null
  await ledger.keepShortCut(prepared.pipeline.name, context.runId, { basis, whole: kept, moved })
}

/** What the source had of records that are not in it this time was judged by other definitions, or by other rows. */
async function forgetUnseen({ context, prepared, seen }: PipelineState): Promise<void> {
  const { name } = prepared.pipeline
  for (let after: string | null = null; ;) {
    const page: string[] = await context.target.inBatch(async (batch) => {
      const keys = await batch.sourced(name, { after, limit: pageEntries })
      await batch.forgetSources(
        name,
        keys.filter((legacyKey) => !seen.isClaimed(legacyKey)),
      )
      return keys
    })
    after = page.at(-1) ?? null
    if (page.length < pageEntries) return
  }
}

/** The same of records that are rejected now. The next run would have to forget it, and is to write nothing. */
async function forgetRejected({ context: { target }, prepared }: PipelineState): Promise<void> {
  const { name } = prepared.pipeline
  const open = await target.ledger.rejects({ pipelines: [name] })
  for (const page of pagesOf(rejectedKeys(open), pageEntries))
    await target.inBatch((batch) => batch.forgetSources(name, page))
}
