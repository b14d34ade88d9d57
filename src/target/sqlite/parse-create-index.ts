import { behindGroup, isSymbol, isWord, splitAtCommas, textOf, tokensOf, type Token } from './tokens.js'

/** What a `create index` says and no pragma tells. */
export interface ParsedIndex {
  /** The members with collation and direction, in their parentheses. */
  readonly body: string
  /** The members as they are written, without collation and direction. */
  readonly parts: readonly string[]
  /** The condition of a partial index. */
  readonly predicate: string | undefined
}

/** Reads the text that `sqlite_master` keeps of an index: `create index i on t (lower(a) desc) where b` → `lower(a)`, `b`. */
export function parseCreateIndex(sql: string): ParsedIndex {
  const tokens = tokensOf(sql)
  const open = tokens.findIndex((token) => isSymbol(token, '('))
  const close = behindGroup(tokens, open)
  const where = tokens[close]
  return {
    body: textOf(sql, tokens.slice(open, close)),
    parts: splitAtCommas(tokens.slice(open + 1, close - 1)).map((item) => textOf(sql, withoutOrder(item))),
    predicate: isWord(where, 'where') ? textOf(sql, tokens.slice(close + 1)) : undefined,
  }
}

function withoutOrder(item: readonly Token[]): readonly Token[] {
  const ordered = isWord(item.at(-1), 'asc', 'desc') ? item.slice(0, -1) : item
  return isWord(ordered.at(-2), 'collate') ? ordered.slice(0, -2) : ordered
}
