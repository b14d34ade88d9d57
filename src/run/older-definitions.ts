import { StaleError } from '../errors.js'
import type { Definitions } from '../pipeline/definitions.js'
import type { DefinitionsUse, Ledger } from '../target/ledger.js'
import { readUsedDefinitions } from './used-definitions.js'

/** Pipelines whose definitions have had successors. */
interface Older {
  readonly pipelines: string[]
  /** The run that used these very definitions last. */
  readonly former: DefinitionsUse
  /** The run that has used others since. */
  readonly last: DefinitionsUse
}

/** Why these definitions may not run: they are those of an earlier run, the application was rolled back. Undefined for all others. */
export async function olderDefinitions(
  ledger: Ledger,
  definitions: Definitions,
  pipelines: readonly string[],
): Promise<StaleError | undefined> {
  const older = await findOlder(ledger, definitions, pipelines)
  if (older === undefined) return undefined
  const { former, last } = older
  return new StaleError(
    'run.older_definitions',
    [
      `The definitions of ${older.pipelines.join(', ')} are those of ${describeRun(former)};`,
      `${describeRun(last)} has used others since. A run with the older ones would take back in the data`,
      'what the newer ones have changed there. Nothing was written.',
    ].join(' '),
    {
      hint: 'Deploy the newer definitions; or, where going back is meant, look at what `carryover plan` shows and run once with --allow-older (CARRYOVER_ALLOW_OLDER=1).',
    },
  )
}

/** Each pipeline is judged by its own runs: what ran without it says nothing of it. */
async function findOlder(
  ledger: Ledger,
  definitions: Definitions,
  pipelines: readonly string[],
): Promise<Older | undefined> {
  const known = (await ledger.definitionsUses()).flatMap((use) => {
    const { scope, modules } = readUsedDefinitions(use.definitions)
    return scope === definitions.scope ? [{ ...use, isSame: modules === definitions.modules }] : []
  })
  let written: Promise<ReadonlySet<number>> | undefined
  // A run that died before it wrote anything has brought nothing that could be taken back.
  const counts = async ({ runId, isComplete }: DefinitionsUse): Promise<boolean> => {
    if (isComplete) return true
    written ??= ledger.haveWritten(known.filter((use) => !use.isComplete).map((use) => use.runId))
    return (await written).has(runId)
  }
  let older: Older | undefined
  for (const name of pipelines) {
    let last: DefinitionsUse | undefined
    for (const use of known.filter((candidate) => candidate.pipelines.includes(name))) {
      if (last !== undefined && !use.isSame) continue
      if (!(await counts(use))) continue
      if (last === undefined) {
        if (use.isSame) break
        last = use
        continue
      }
      if (older === undefined) older = { pipelines: [name], former: use, last }
      else older.pipelines.push(name)
      break
    }
  }
  return older
}

/** `run 12 (2026-11-20 22:10:07 UTC, deployment d-7, commit 1a2b3c4)` */
function describeRun({ runId, startedAt, deployment, commit }: DefinitionsUse): string {
  const facts = [
    `${startedAt.slice(0, 19).replace('T', ' ')} UTC`,
    ...(deployment === null ? [] : [`deployment ${deployment}`]),
    ...(commit === null ? [] : [`commit ${commit}`]),
  ]
  return `run ${runId} (${facts.join(', ')})`
}
