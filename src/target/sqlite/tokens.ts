/** A word of SQL. `value` is what it means: a name without its quotes, a keyword as it is written. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol'
  readonly value: string
  /** Where it stands in the text. */
  readonly start: number
  readonly end: number
}

const PATTERN =
  /(?<space>\s+|--[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>[xX]?'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(?<number>\d[\w.]*|\.\d[\w]*)|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<symbol>::|\|\||->>|->|<=|>=|<>|!=|==|.)/gsu

/** The words of a piece of SQL, in the grammar that Postgres and SQLite share; comments and blanks are left out. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = []
  for (const match of sql.matchAll(PATTERN)) {
    const { string, quoted, number, word, symbol } = match.groups ?? {}
    const text = match[0]
    const place = { start: match.index, end: match.index + text.length }
    if (string !== undefined) tokens.push({ kind: 'string', value: text, ...place })
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', value: unquoted(text), ...place })
    else if (number !== undefined) tokens.push({ kind: 'number', value: text, ...place })
    else if (word !== undefined) tokens.push({ kind: 'word', value: text, ...place })
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', value: text, ...place })
  }
  return tokens
}

function unquoted(text: string): string {
  const inside = text.slice(1, -1)
  return text.startsWith('"')
    ? inside.replaceAll('""', '"')
    : text.startsWith('`')
      ? inside.replaceAll('``', '`')
      : inside
}

/** True for one of these bare words in whatever case; a quoted name is never a keyword. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.value.toLowerCase())
}

/** True for the symbol. */
export function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.value === symbol
}

/** The index behind the parenthesis that closes the one at `open`. */
export function behindGroup(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    if (isSymbol(tokens[at], '(')) depth++
    else if (isSymbol(tokens[at], ')') && --depth === 0) return at + 1
  }
  return tokens.length
}

/** The items between commas that stand in no parenthesis. */
export function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const items: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (isSymbol(token, '(')) depth++
    else if (isSymbol(token, ')')) depth--
    if (depth === 0 && isSymbol(token, ',')) items.push([])
    else items.at(-1)?.push(token)
  }
  return items.filter((item) => item.length > 0)
}

/** The text that tokens of `sql` cover, with what stands between them. */
export function textOf(sql: string, tokens: readonly Token[]): string {
  return sql.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)
}

/** Which of these columns an expression reads, in the order of `columns`. */
export function columnsRead(expression: string, columns: readonly string[]): string[] {
  const tokens = tokensOf(expression)
  const names = new Set(
    tokens
      .filter(
        (token, at) => (token.kind === 'word' || token.kind === 'quoted') && !isSymbol(tokens[at + 1], '('),
      )
      .map((token) => token.value.toLowerCase()),
  )
  return columns.filter((column) => names.has(column.toLowerCase()))
}
