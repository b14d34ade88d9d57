const PATTERN =
  /\s+|(?<string>[eE]?'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<other>::|[^\s])/gu

/** A text as `'` and what it says, a bare name or keyword in lower case, a quoted name and any other sign as they are. */
type Word = string

/**
 * The texts of a check that is a closed list of texts for one column; `undefined` for every other check, and for a list that is
 * written in a way not known here.
 *
 * `"a" in ('x', 'y')` · `t.a = 'x' or a = 'y'` · `a is null or a in ('x')` ·
 * as Postgres writes it: `((a)::text = ANY ((ARRAY['x'::character varying])::text[]))`
 */
export function parseLabelCheck(expression: string): string[] | undefined {
  const words = withoutParentheses(withoutCasts(wordsOf(expression)))
  const lists = split(words, 'or').map(parseList)
  const [first] = lists
  if (first === undefined || lists.some((list) => list === undefined || list.column !== first.column))
    return undefined
  const labels = lists.flatMap((list) => list?.labels ?? [])
  return labels.length === 0 ? undefined : [...new Set(labels)]
}

/** One list; `a is null` is a list of nothing, as a null passes every check. */
function parseList(words: readonly Word[]): { column: string; labels: string[] } | undefined {
  const behindTable = words[1] === '.' ? words.slice(2) : words
  const [column, ...test] = behindTable
  if (column === undefined || !isName(column)) return undefined
  const is = (...begin: Word[]) => begin.every((word, index) => test[index] === word)
  if (is('is', 'null') && test.length === 2) return { column, labels: [] }
  const array = is('=', 'any', 'array', '[') && test.at(-1) === ']'
  const listed = array ? test.slice(4, -1) : is('in') || is('=') ? test.slice(1) : []
  const labels = split(listed, ',').map((item) => (item.length === 1 ? textOf(item[0]) : undefined))
  if (is('=') && !array && labels.length !== 1) return undefined
  return labels.includes(undefined) ? undefined : { column, labels: labels as string[] }
}

function wordsOf(expression: string): Word[] {
  return [...expression.matchAll(PATTERN)].flatMap(({ groups }) => {
    const { string, name, other } = groups ?? {}
    if (string !== undefined) return [`'${contentOf(string)}`]
    if (name !== undefined) return [name.startsWith('"') ? name : name.toLowerCase()]
    return other === undefined ? [] : [other]
  })
}

/** What a text says: `'it''s'` → `it's`; `E'a\\b'`, as Postgres writes a backslash → `a\b`. */
function contentOf(string: string): string {
  const escapes = !string.startsWith("'")
  const inside = string.slice(escapes ? 2 : 1, -1).replaceAll("''", "'")
  return escapes ? inside.replaceAll('\\\\', '\\') : inside
}

/** A cast of a constant or a column to a type of text changes no label: `::text`, `::character varying(20)[]`, `::"s"."t"`. */
function withoutCasts(words: readonly Word[]): Word[] {
  const kept: Word[] = []
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] !== '::') {
      kept.push(words[at] as Word)
      continue
    }
    at += words[at + 2] === '.' ? 3 : 1
    if (words[at] === 'character' && words[at + 1] === 'varying') at += 1
    if (words[at + 1] === '(' && words[at + 2] !== undefined) at += words.slice(at).indexOf(')')
    if (words[at + 1] === '[' && words[at + 2] === ']') at += 2
  }
  return kept
}

/** In the forms that are known here they say nothing; in any other the words do not fit one. */
function withoutParentheses(words: readonly Word[]): Word[] {
  return words.filter((word) => word !== '(' && word !== ')')
}

function split(words: readonly Word[], at: Word): Word[][] {
  const parts: Word[][] = [[]]
  for (const word of words) {
    if (word === at) parts.push([])
    else parts.at(-1)?.push(word)
  }
  return parts
}

function isName(word: Word): boolean {
  return /^["a-z_\u0080-\uffff]/u.test(word) && word !== 'not'
}

function textOf(word: Word | undefined): string | undefined {
  return word?.startsWith("'") === true ? word.slice(1) : undefined
}
