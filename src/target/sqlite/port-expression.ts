import type { ColumnType } from '../value/column-type.js'
import { parseColumnType } from '../value/parse-column-type.js'
import { quoteName, quoteText } from './quote.js'
import { behindGroup, isSymbol, isWord, tokensOf, type Token } from './tokens.js'

/** Functions that SQLite has under another name. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  btrim: 'trim',
  char_length: 'length',
  character_length: 'length',
  strpos: 'instr',
}

/**
 * An expression of Postgres as SQLite understands it; what SQLite has no words for is left, and fails there.
 *
 * `status <> 'x'::status` → `status <> 'x'` · `"price" > 9.5` → `cast("price" as numeric) > 9.5`, since SQLite keeps exact
 * numbers as text · `code like 'A%'` → `code glob 'A*'`, since SQLite's `like` does not tell cases apart
 */
export function portExpression(expression: string, types: ReadonlyMap<string, ColumnType>): string {
  const tokens = tokensOf(expression)
  let ported = ''
  let copied = 0
  const replace = (from: Token, to: Token, text: string) => {
    ported += expression.slice(copied, from.start) + text
    copied = to.end
  }
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const next = tokens[at + 1]
    if (isSymbol(token, '::')) {
      const end = behindType(tokens, at + 1)
      const type = expression.slice(tokens[at + 1]?.start ?? token.end, tokens[end - 1]?.end ?? token.end)
      if (mayDropCast(tokens[at - 1], type)) replace(token, tokens[end - 1] ?? token, '')
      at = end - 1
    } else if (isWord(token, 'ilike')) replace(token, token, 'like')
    else if (isWord(token, 'like') && next?.kind === 'string') {
      replace(token, next, `glob ${quoteText(globOf(next.value.slice(1, -1).replaceAll("''", "'")))}`)
      at++
    } else if (isSymbol(next, '(') && token.kind === 'word') {
      const name = FUNCTIONS[token.value.toLowerCase()]
      if (name !== undefined) replace(token, token, name)
    } else if (isNumeric(token, types) && !isSymbol(next, '.')) {
      replace(token, token, `cast(${quoteName(token.value)} as numeric)`)
    }
  }
  return ported + expression.slice(copied)
}

function isNumeric(token: Token, types: ReadonlyMap<string, ColumnType>): boolean {
  return (token.kind === 'quoted' || token.kind === 'word') && types.get(token.value)?.kind === 'numeric'
}

/** The index behind a type's name: `character varying(20)[]`, `"billing"."mood"`, `timestamp with time zone`. */
function behindType(tokens: readonly Token[], start: number): number {
  let at = start + 1
  while (isSymbol(tokens[at], '.')) at += 2
  while (isWord(tokens[at], 'varying', 'precision')) at++
  if (isSymbol(tokens[at], '(')) at = behindGroup(tokens, at)
  if (isWord(tokens[at], 'with', 'without')) at += 3
  while (tokens[at]?.kind === 'quoted' && /^\d*$/.test(tokens[at]?.value ?? '')) at++
  return at
}

/** Text stays text under these casts, and a number a number; any other cast means a conversion. */
function mayDropCast(before: Token | undefined, type: string): boolean {
  const { kind } = parseColumnType(type)
  const isNumber = kind === 'integer' || kind === 'numeric' || kind === 'float'
  if (isNumber || kind === 'boolean')
    return before?.kind === 'number' || isWord(before, 'true', 'false', 'null')
  return kind !== 'bytes'
}

/** `'A%_'` → `'A*?'`: glob tells upper from lower case, as Postgres' `like` does. */
function globOf(pattern: string): string {
  return pattern.replace(/\\(.)|[*?[]|%|_/gs, (found: string, escaped: string | undefined) => {
    const letter = escaped ?? found
    if (escaped === undefined && letter === '%') return '*'
    if (escaped === undefined && letter === '_') return '?'
    return '*?['.includes(letter) ? `[${letter}]` : letter
  })
}
