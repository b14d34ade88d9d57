import type { Definitions } from '../pipeline/definitions.js'
import type { TargetInfo } from '../target/target.js'
import type { Decided, Decisions } from './decisions.js'
import type { Outcomes, PipelineReport, RunReport } from './run-report.js'
import type { SavedPipeline, SavedPlan } from './saved-plan.js'

/** How many names a line has at most. */
const mostNames = 5

/** Errors that say what became of records, as the counts do, and not that they could not be planned. */
const verdicts = new Set(['run.rolled_back', 'run.not_run'])

/** What a saved plan rests on beside the records, and is no longer so: a line each. */
export function movedGround(
  saved: SavedPlan,
  target: TargetInfo,
  now: Definitions,
  version: string,
): string[] {
  const lines: string[] = []
  const [then, here] = [saved.target, target].map(({ dialect, database }) => `${dialect} ${database}`)
  if (then !== here) lines.push(`the database is ${here}, the plan was made for ${then}`)
  if (saved.toolVersion !== version)
    lines.push(`this is carryover ${version}, the plan was made by ${saved.toolVersion}`)
  if (saved.scope !== now.scope)
    lines.push('the configuration or the pipelines are looked for elsewhere (--config, --pipelines)')
  const paths = [...new Set([...Object.keys(saved.files), ...Object.keys(now.files)])]
  const changed = paths.filter((path) => saved.files[path] !== now.files[path])
  if (changed.length > 0) lines.push(`definitions have changed: ${named(changed)}`)
  return lines
}

/** What a plan that was computed again does not have in common with the saved one: a line each. */
export function movedRecords(saved: SavedPlan, now: RunReport, decisions: Decisions): string[] {
  const failures = now.errors.filter(({ code }) => !verdicts.has(code))
  const lines = failures.map(({ message }) => `planned again, it fails: ${message}`)
  for (const pipeline of saved.pipelines) {
    const report = now.pipelines.find(({ name }) => name === pipeline.name)
    if (report === undefined) continue
    const decided = decisions.decidedOf(pipeline.name)
    const sources = movedSources(pipeline, report)
    if (sources.length > 0) lines.push(`${pipeline.name}: its source has changed: ${named(sources)}`)
    if (pipeline.given !== decided.given) lines.push(`${pipeline.name}: its source gives other records`)
    if (pipeline.digest === decided.digest) continue
    const keys = movedKeys(pipeline, decided)
    const counts = movedCounts(pipeline.outcomes, report.outcomes)
    const names = (keys ?? []).flatMap((keyHash) => decisions.keyOf(pipeline.name, keyHash) ?? [])
    const many = keys === undefined ? 'records' : keys.length === 1 ? '1 record' : `${keys.length} records`
    lines.push(
      `${pipeline.name}: ${many} would now be treated differently${names.length === 0 ? '' : `: ${named(names)}`}${counts}`,
    )
  }
  return lines
}

/** Files are told apart by what is in them: where they lie may be another folder. */
function movedSources(saved: SavedPipeline, { source: { files } }: PipelineReport): string[] {
  const count = Math.max(saved.sources.length, files.length)
  return Array.from({ length: count }, (_, index) => [saved.sources[index], files[index]] as const).flatMap(
    ([then, now]) => (then?.sha256 === now?.sha256 ? [] : [now?.path ?? then?.path ?? '']),
  )
}

/** Hashes of the keys whose record would be treated differently; undefined where there were too many records to keep them. */
function movedKeys(saved: SavedPipeline, now: Decided): string[] | undefined {
  if (saved.records === null || now.records === null) return undefined
  const then = new Map(saved.records)
  const keys = new Set([...then.keys(), ...now.records.keys()])
  return [...keys].filter((key) => then.get(key) !== now.records?.get(key))
}

/** ` (inserted 3 → 2, unchanged 0 → 1)` */
function movedCounts(then: Outcomes, now: Outcomes): string {
  const moved = (Object.keys(now) as (keyof Outcomes)[])
    .filter((outcome) => then[outcome] !== now[outcome])
    .map((outcome) => `${outcome} ${then[outcome]} → ${now[outcome]}`)
  return moved.length === 0 ? '' : ` (${moved.join(', ')})`
}

function named(names: readonly string[]): string {
  const more = names.length - mostNames
  return `${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
