import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import { UsageError } from '../../errors.js'

/** What a connection says of TLS, in libpq's words. */
export interface TlsWords {
  readonly mode: string | undefined
  /** A file, or `system` for the authorities that Node trusts. */
  readonly rootCert: string | undefined
  readonly cert: string | undefined
  readonly key: string | undefined
  /** Of the key. */
  readonly password: string | undefined
}

/**
 * What the driver needs for TLS, with libpq's meanings of `sslmode`: `disable` none; `require` encrypts without checking;
 * `verify-ca` checks who signed the certificate; `verify-full` also the host. The driver's own reading of `require` checks
 * certificates, which hosted servers rarely pass. Two differences: `allow` and `prefer` do without TLS, and an authority that is
 * named without a mode asks for `verify-full`, since nobody names one to have it ignored.
 *
 * Source: PostgreSQL documentation, "SSL Support", table 32.1; "Parameter Key Words", sslrootcert.
 * @throws UsageError `usage.sslmode`, `usage.sslrootcert`, `usage.sslcert`
 */
export function tlsConfig(words: TlsWords): ConnectionOptions | false {
  const { rootCert } = words
  const mode = words.mode ?? (rootCert === undefined ? 'disable' : 'verify-full')
  if (rootCert === 'system' && mode !== 'verify-full') {
    throw new UsageError('usage.sslmode', `sslmode=${mode} is too weak for sslrootcert=system.`, {
      hint: 'Anybody can get a certificate from a public authority: use sslmode=verify-full.',
    })
  }
  const own = clientCertificate(words)
  const ca = rootCert === undefined || rootCert === 'system' ? {} : { ca: read(rootCert, 'sslrootcert') }
  const anyHost = { checkServerIdentity: () => undefined }
  switch (mode) {
    case 'disable':
    case 'allow':
    case 'prefer':
      return false
    case 'require':
      // libpq: a root certificate turns `require` into `verify-ca`.
      return { ...own, ...(rootCert === undefined ? { rejectUnauthorized: false } : { ...ca, ...anyHost }) }
    case 'no-verify':
      return { ...own, rejectUnauthorized: false }
    case 'verify-ca':
      return { ...own, ...ca, ...anyHost }
    case 'verify-full':
      return { ...own, ...ca }
    default:
      throw new UsageError(
        'usage.sslmode',
        `sslmode=${mode} is not known: expected disable, require, verify-ca or verify-full.`,
      )
  }
}

function clientCertificate({ cert, key, password }: TlsWords): ConnectionOptions {
  if (cert === undefined && key === undefined) return {}
  if (cert === undefined || key === undefined) {
    const [given, missing] = cert === undefined ? ['sslkey', 'sslcert'] : ['sslcert', 'sslkey']
    throw new UsageError('usage.sslcert', `There is ${given} without ${missing}: expected both or neither.`, {
      hint: 'Name the certificate with sslcert and its key with sslkey, in the database URL.',
    })
  }
  return {
    cert: read(cert, 'sslcert'),
    key: read(key, 'sslkey'),
    ...(password === undefined ? {} : { passphrase: password }),
  }
}

function read(path: string, name: 'sslrootcert' | 'sslcert' | 'sslkey'): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UsageError(
      name === 'sslrootcert' ? 'usage.sslrootcert' : 'usage.sslcert',
      `The file ${path} that ${name} names cannot be read.`,
      { hint: 'Check the path, and who may read the file.', cause },
    )
  }
}
