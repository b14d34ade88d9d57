import type { SourceFormat } from '../source-definition.js'

/** What the extension promises: `users.ndjson.gz` → `'ndjson'`; an unknown one is taken for JSON. */
export function formatOf(path: string): SourceFormat {
  return /\.(ndjson|jsonl)(\.gz)?$/i.test(path) ? 'ndjson' : 'json'
}

/** True when the name says that the file is packed. */
export function isNamedGzip(path: string): boolean {
  return /\.gz$/i.test(path)
}
