import { readFileSync } from 'node:fs'
import type { ClientConfig } from 'pg'
import { UsageError } from '../../errors.js'

/**
 * What the driver needs to connect, with libpq's meanings of `sslmode`:
 * `disable`; `prefer`, `allow`, `require` encrypt without checking; `verify-ca` checks the chain; `verify-full` also the host.
 * The driver's own reading of `sslmode=require` checks certificates, which hosted servers rarely pass.
 *
 * Source: PostgreSQL documentation, "SSL Support", table 34.1.
 * @throws UsageError `usage.database_url` when it is no Postgres URL, `usage.sslmode`, `usage.sslrootcert`
 */
export function connectionConfig(url: string): ClientConfig {
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
  const mode = parsed.searchParams.get('sslmode') ?? undefined
  const rootCertificate = parsed.searchParams.get('sslrootcert') ?? undefined
  for (const name of ['sslmode', 'sslrootcert', 'sslcert', 'sslkey']) parsed.searchParams.delete(name)
  return {
    connectionString: parsed.toString(),
    ssl: sslOf(mode, rootCertificate),
    application_name: 'carryover',
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
  }
}

function sslOf(mode: string | undefined, rootCertificate: string | undefined): ClientConfig['ssl'] {
  const ca = rootCertificate === undefined ? {} : { ca: readCertificate(rootCertificate) }
  switch (mode) {
    case undefined:
    case 'disable':
    case 'allow':
    case 'prefer':
      return false
    case 'require':
      // libpq: a root certificate turns `require` into `verify-ca`.
      return rootCertificate === undefined
        ? { rejectUnauthorized: false }
        : { ...ca, checkServerIdentity: () => undefined }
    case 'no-verify':
      return { rejectUnauthorized: false }
    case 'verify-ca':
      return { ...ca, checkServerIdentity: () => undefined }
    case 'verify-full':
      return { ...ca }
    default:
      throw new UsageError(
        'usage.sslmode',
        `sslmode=${mode} is not known: expected disable, require, verify-ca or verify-full.`,
      )
  }
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UsageError(
      'usage.sslrootcert',
      `The certificate ${path} that sslrootcert names cannot be read.`,
      {
        hint: 'Check the path at the end of the database URL, and who may read the file.',
        cause,
      },
    )
  }
}
