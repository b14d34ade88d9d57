import { resolve } from 'node:path'
import { UsageError } from '../errors.js'
import { persist } from './persist.js'
import { retryingTarget } from './retrying-target.js'
import type { OpenOptions, Target } from './target.js'

/**
 * Opens the database a URL names: `postgres://…`, `postgresql://…`, `sqlite:path` or `sqlite::memory:`.
 * A driver is loaded only when its engine is asked for. What passes by itself is tried again, in every call.
 *
 * @param cwd the folder that a SQLite path starts from
 * @throws UsageError `usage.database_url`
 */
export async function openTarget(url: string, cwd: string, options: OpenOptions): Promise<Target> {
  const target = await persist(() => openEngine(url, cwd, options), options)
  return retryingTarget(target, options)
}

async function openEngine(url: string, cwd: string, options: OpenOptions): Promise<Target> {
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./postgres/open-postgres.js')
    return openPostgres(url, options)
  }
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
    const { openSqlite } = await import('./sqlite/open-sqlite.js')
    return openSqlite(path === ':memory:' ? path : resolve(cwd, path), options)
  }
  throw new UsageError(
    'usage.database_url',
    `Expected a database URL, postgres://… or sqlite:path, found ${shown(url)}.`,
    {
      hint: 'Write postgres://user:password@host:port/database, sqlite:path/to/file.sqlite or sqlite::memory:.',
    },
  )
}

/** What of a text can be told: a name or a path, or its scheme. Anything else could hold a password. */
function shown(url: string): string {
  if (url === '') return 'an empty one'
  if (/^[\w./\\-]{1,80}$/.test(url)) return `"${url}"`
  const scheme = /^[a-z0-9+.-]+:/i.exec(url)?.[0]
  return scheme === undefined ? 'one that starts with neither' : `one that starts with "${scheme}"`
}
