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
  const scheme = /^[a-z0-9+.-]*(?=:)/i.exec(url)?.[0] ?? ''
  throw new UsageError(
    'usage.database_url',
    `The database URL starts with "${scheme}:", which carryover does not know.`,
    {
      hint: 'Expected postgres://user:password@host:port/database, sqlite:path/to/file.sqlite or sqlite::memory:.',
    },
  )
}
