/** What a layer may import besides itself. */
export interface Layer {
  layers: readonly LayerName[]
  /** Layers of which it may import types alone. */
  types?: readonly LayerName[]
  /** Packages, each with what is below it: `drizzle-orm` allows `drizzle-orm/pg-core`, `node:` every builtin. */
  packages: readonly string[]
}

export type LayerName =
  | 'cli'
  | 'commands'
  | 'report'
  | 'run'
  | 'inspect'
  | 'doctor'
  | 'pipeline'
  | 'source'
  | 'record'
  | 'target'
  | 'errors'
  | 'written-number'
  | 'utc-instant'

/** Arrows point down only. A layer is a folder of `src`, or a file: `src/errors.ts`. */
export const layers: Readonly<Record<LayerName, Layer>> = {
  cli: {
    layers: [
      'commands',
      'report',
      'run',
      'inspect',
      'doctor',
      'pipeline',
      'source',
      'record',
      'target',
      'errors',
    ],
    packages: ['commander', 'node:'],
  },
  // Each command, loaded when it is first called.
  commands: { layers: ['run'], packages: [] },
  report: { layers: [], types: ['run'], packages: [] },
  run: {
    layers: ['pipeline', 'inspect', 'doctor', 'source', 'record', 'target', 'errors'],
    packages: ['p-limit', 'node:'],
  },
  // Counts and writes text; the files are read by `source` and written by `run`.
  inspect: { layers: ['source', 'record', 'errors', 'written-number'], packages: ['node:path'] },
  doctor: { layers: ['target', 'pipeline', 'errors'], packages: ['drizzle-orm', 'tinyglobby', 'node:'] },
  pipeline: {
    layers: ['record', 'errors'],
    packages: ['zod', 'drizzle-orm', 'jiti', 'tinyglobby', 'node:'],
  },
  source: { layers: ['errors', 'written-number'], packages: ['tinyglobby', 'node:'] },
  // No I/O: hashes, and `node:module` to load the time zones only when a record needs them.
  record: {
    layers: ['errors', 'written-number', 'utc-instant'],
    packages: ['zod', 'temporal-polyfill', 'node:crypto', 'node:module'],
  },
  target: {
    layers: ['errors', 'written-number', 'utc-instant'],
    packages: ['pg', 'pg-copy-streams', 'better-sqlite3', 'drizzle-orm', 'node:'],
  },
  errors: { layers: [], packages: [] },
  'written-number': { layers: [], packages: [] },
  'utc-instant': { layers: [], packages: [] },
}
