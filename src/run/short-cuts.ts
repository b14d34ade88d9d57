import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { reportedColumns } from '../pipeline/reported-columns.js'
import { enumOf } from '../record/enum-of.js'
import type { Moves } from '../target/ledger.js'
import { parentsOf, type PreparedPipeline } from './prepared-pipeline.js'
import type { LegacySource } from './open-sources.js'
import type { RunContext } from './run-context.js'
import { shortCutBasis } from './short-cut-basis.js'
import { newSourceMarks, type SourceMarks } from './source-marks.js'
import { sameFiles, readWhole, type WholeSource } from './whole-source.js'
import { countFamily } from './verify-pipeline.js'

/**
 * How a pipeline goes through its source: `every` record is mapped; or only those `records` that are not what they were when they were
 * settled; or none, because the source as a `whole` is what it was, and so is what it became.
 */
export type ShortCuts =
  | { readonly way: 'every'; readonly marks: undefined }
  | {
      readonly way: 'every' | 'records'
      readonly marks: SourceMarks
      readonly basis: string
      /** How often rows that it refers to had moved in this run when it began. */
      readonly moved: Moves
      /** All that the ledger knows of the source was judged by this basis. */
      readonly isJudged: boolean
    }
  | { readonly way: 'whole'; readonly marks: undefined; readonly whole: WholeSource }

/** Nothing is skipped, and nothing is kept for a later run to skip it. */
const noShortCuts: ShortCuts = { way: 'every', marks: undefined }

/** Finds out what a pipeline may skip, and notes in the ledger that it has begun. */
export async function openShortCuts(
  context: RunContext,
  prepared: PreparedPipeline,
  source: LegacySource,
  isFirst: boolean,
): Promise<ShortCuts> {
  const { target, settings, runId } = context
  if (context.dryRun || !context.writes) return noShortCuts
  const { ledger } = target
  const { name } = prepared.pipeline
  const referred = [...new Set(parentsOf(prepared).flatMap((parent) => parent.pipeline ?? []))]
  const known = await ledger.shortCut(name, runId, referred)
  const moved = onlyOf(await ledger.moves(runId), referred)
  const begin = (basis: string) => ledger.keepShortCut(name, runId, { basis, whole: null, moved })
  if (context.replay !== undefined) {
    // What is replayed is not what the source has; what is known of the others stays.
    if (known !== undefined) await begin(known.basis)
    return noShortCuts
  }
  const pipeline = context.pipelines.get(name) as CompiledPipeline
  const isAllowed = settings.storeValues || !hasEnums(pipeline)
  const basis =
    isAllowed && mayKnow(pipeline, prepared, source) ? await shortCutBasis(context, prepared) : undefined
  if (basis === undefined) return noShortCuts
  const isSame = known?.basis === basis
  const isTaken = isSame && !settings.full && !settings.showValues && (await parentsStand(context, prepared))
  const whole = isTaken && known.whole !== null ? readWhole(known.whole) : undefined
  if (whole !== undefined && sameFiles(whole, source.files()) && (await stands(context, prepared, whole))) {
    await ledger.keepShortCut(name, runId, { basis, whole: known?.whole ?? null, moved })
    return { way: 'whole', marks: undefined, whole }
  }
  // Should this run not come to its end, what it has judged counts all the same.
  if (isSame) await begin(basis)
  const marks = newSourceMarks(pipeline, settings, await ledger.enumNotes(name))
  return { way: isTaken ? 'records' : 'every', marks, basis, moved, isJudged: isFirst || isSame }
}

function onlyOf(moves: Moves, names: readonly string[]): Moves {
  return Object.fromEntries(Object.entries(moves).filter(([name]) => names.includes(name)))
}

/**
 * Whether what becomes of a record is told by the record and the rows that its references lead to by legacy key; not where it depends
 * on the rest of its source, or on rows that nobody tells of when they change. The key must show without a look through the schema.
 */
function mayKnow(pipeline: CompiledPipeline, prepared: PreparedPipeline, source: LegacySource): boolean {
  return (
    source.totalBytes !== undefined &&
    typeof pipeline.key !== 'function' &&
    pipeline.policies.duplicates !== 'last' &&
    parentsOf(prepared).every(
      (parent) => parent.pipeline !== undefined && !parent.own && !parent.late && parent.by === undefined,
    )
  )
}

/** Of enums the ledger keeps the legacy values, to tell of them without another look. */
function hasEnums(pipeline: CompiledPipeline): boolean {
  return reportedColumns(pipeline).some(({ column }) => enumOf(column.rule) !== undefined)
}

/** No row that may be referred to was deleted. */
async function parentsStand(context: RunContext, prepared: PreparedPipeline): Promise<boolean> {
  for (const { pipeline, table } of new Map(
    parentsOf(prepared).map((parent) => [parent.pipeline, parent]),
  ).values()) {
    const { entries, rows } = await context.target.countEntries(pipeline as string, table)
    if (entries !== rows) return false
  }
  return true
}

/** Every row that the source became is there. */
async function stands(context: RunContext, prepared: PreparedPipeline, whole: WholeSource): Promise<boolean> {
  const { entries, rows } = await countFamily(context, prepared)
  return entries === rows && entries === whole.entries
}
