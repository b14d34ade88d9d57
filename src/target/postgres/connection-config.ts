import type { ClientConfig } from 'pg'
import { UsageError } from '../../errors.js'
import type { OpenOptions } from '../target.js'
import { tlsConfig } from './tls-config.js'

/** After so long without a word the other end is asked whether it is still there. */
const keepAliveMs = 10_000

/**
 * What the driver needs to connect.
 * @throws UsageError `usage.database_url` when it is no Postgres URL, and what `tlsConfig` throws
 */
export function connectionConfig(
  url: string,
  { connectTimeoutMs, tls }: Pick<OpenOptions, 'connectTimeoutMs' | 'tls'>,
): ClientConfig {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch (cause) {
    throw new UsageError(
      'usage.database_url',
      'The database URL is not a URL: expected postgres://user:password@host:port/database.',
      {
        hint: 'Characters such as @ or / in a password must be percent-encoded.',
        cause,
      },
    )
  }
  // The driver would read them in its own way.
  const taken = (name: string) => {
    const value = parsed.searchParams.get(name) ?? undefined
    parsed.searchParams.delete(name)
    return value
  }
  const ssl = tlsConfig({
    mode: taken('sslmode') ?? tls.mode,
    rootCert: tls.ca ?? taken('sslrootcert') ?? tls.rootCert,
    cert: taken('sslcert') ?? tls.cert,
    key: taken('sslkey') ?? tls.key,
    password: taken('sslpassword'),
  })
  parsed.searchParams.delete('sslrootcert')
  return {
    connectionString: parsed.toString(),
    ssl,
    application_name: 'carryover',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
  }
}
