import { posix } from 'node:path'
import type { CollectionProfile } from '../collection/collection-profile.js'
import type { KeyCandidate } from '../relation/key-candidate.js'
import { camelCase, kebabCase, snakeCase, takeName } from './names.js'
import { orderCollections } from './order-collections.js'
import { planColumns, type PlannedTable } from './plan-columns.js'
import type { PipelinePlan } from './plan.js'

/** Names that the modules of a scaffold import, and words of the language that are no names. */
const RESERVED = `
  definePipeline constant decimal json legacyEnum onChange onInsert reference timestamp uuidFrom z sql
  bigint boolean check date index integer jsonb numeric pgTable text unique uuid table record
  abstract arguments as async await break case catch class const continue debugger default delete do else enum eval
  export extends false finally for function if implements import in instanceof interface let new null package private
  protected public return static super switch this throw true try type typeof undefined var void while with yield
  object string number symbol unknown never any Date Number String BigInt JSON Map Set Object Array
`
const RESERVED_FILES = ['schema', 'enums']

/** The pipelines for collections, each after those it refers to; what cannot be planned is noted. */
export function planPipelines(
  collections: readonly CollectionProfile[],
  folder: string,
): { pipelines: PipelinePlan[]; notes: string[] } {
  const { ordered, circular } = orderCollections(collections)
  const taken = {
    variables: new Set(RESERVED.trim().split(/\s+/)),
    names: new Set<string>(),
    files: new Set(RESERVED_FILES),
    enums: new Set<string>(),
  }
  const tables = new Map<string, PlannedTable>()
  const pipelines: PipelinePlan[] = []
  const notes: string[] = []
  for (const collection of ordered) {
    const [key] = collection.keys
    if (key === undefined) {
      notes.push(
        `${collection.name}: no field and no pair of fields identifies its records; write its pipeline with a key of your own.`,
      )
      continue
    }
    const table: PlannedTable = {
      collection: collection.name,
      variable: takeName(camelCase(collection.name), taken.variables),
      name: takeName(snakeCase(collection.name), taken.names, '_'),
      file: takeName(kebabCase(collection.name), taken.files, '-'),
      key: key.fields,
      columns: [],
    }
    tables.set(collection.name, table)
    const cut = new Set(circular.filter(({ from }) => from === collection.name).map(({ path }) => path))
    const planned = planColumns(collection, key, { tables, cut, enums: taken.enums })
    tables.set(collection.name, { ...table, columns: planned.columns })
    pipelines.push({
      ...table,
      ...planned,
      source: sourceOf(collection, folder),
      keyComments: commentsOf(key),
    })
  }
  return { pipelines, notes }
}

function sourceOf({ source }: CollectionProfile, folder: string): PipelinePlan['source'] {
  const { at, format, files } = source
  const isNdjson = /\.(ndjson|jsonl)(\.gz)?$/i.test(files)
  const relative = posix.isAbsolute(files) ? files : posix.relative(folder, files.replaceAll('\\', '/'))
  const path = relative.startsWith('.') || posix.isAbsolute(relative) ? relative : `./${relative}`
  return { files: path, at, format: isNdjson === (format === 'ndjson') ? undefined : format }
}

function commentsOf({ duplicates, missing }: KeyCandidate): string[] {
  const words = (count: number): string => `${count} ${count === 1 ? 'record' : 'records'}`
  return [
    ...(duplicates > 0 ? [`${words(duplicates)} with the key of another one, and rejected.`] : []),
    ...(missing > 0 ? [`${words(missing)} without it, and rejected.`] : []),
  ]
}
