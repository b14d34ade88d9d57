/** A secret in a text, without what it says. */
export interface Secret {
  /** 1-based. */
  readonly line: number
  /** `a database URL with a password` */
  readonly kind: string
}

/**
 * Secrets that can be told by their form: database URLs with passwords, private keys, tokens of well-known services. Placeholders
 * and what leads to the same machine are none. One a line.
 *
 * Source of the tokens' forms: GitHub documentation, "Supported secret scanning patterns".
 */
export function findSecrets(text: string): Secret[] {
  const byLine = new Map<number, string>()
  for (const { kind, pattern, isMeant } of forms) {
    for (const match of text.matchAll(pattern)) {
      const line = text.slice(0, match.index).split('\n').length
      if ((isMeant === undefined || isMeant(match.groups ?? {})) && !byLine.has(line)) byLine.set(line, kind)
    }
  }
  return [...byLine].map(([line, kind]) => ({ line, kind })).toSorted((one, other) => one.line - other.line)
}

/** A value that stands for another: `changeme`, `$PASSWORD`, `<password>`, `xxxxxx`, `***`. */
export function isPlaceholder(value: string): boolean {
  return (
    value === '' ||
    /[$<>{}*…]/.test(value) ||
    /^(?:your|my|the|some)?[-_]?(?:password|passwd|pass|pwd|pw|secret|postgres|user|root|admin|example|change[-_]?me|test|dummy|x+|\.+)\d*$/i.test(
      value,
    )
  )
}

const forms: readonly {
  kind: string
  pattern: RegExp
  isMeant?: (groups: Readonly<Record<string, string | undefined>>) => boolean
}[] = [
  {
    kind: 'a database URL with a password',
    pattern:
      /\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|mssql|sqlserver|cockroachdb):\/\/[^\s:/@'"`]*:(?<password>[^\s/@'"`]+)@(?<host>\[[^\]\s]*\]|[^\s:/?#'"`,;)]*)/gi,
    isMeant: ({ password = '', host = '' }) => !isPlaceholder(decoded(password)) && !isHarmlessHost(host),
  },
  {
    kind: 'a private key',
    pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?:\s|\\[nr]|["'`+,])*[A-Za-z0-9+/]{32}/g,
  },
  {
    kind: 'a token',
    pattern:
      /(?<![A-Za-z0-9])(?<token>gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,}|[sr]k_live_[A-Za-z0-9]{16,}|(?:AKIA|ASIA)[A-Z0-9]{16}|xox[bap]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{35})(?![A-Za-z0-9])/g,
    isMeant: ({ token = '' }) => !/x{6}|example|0{8}|1234567890/i.test(token),
  },
]

function isHarmlessHost(host: string): boolean {
  return (
    /[$<>{}*…]/.test(host) ||
    /^(?:localhost|127(?:\.\d+){3}|\[::1\]|host|hostname|server|(?:.*\.)?example(?:\.\w+)?)?$/i.test(host)
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
