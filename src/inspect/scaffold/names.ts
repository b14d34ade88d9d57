/** Postgres cuts names beyond 63 bytes; a constraint's name has those of its table and column in it. */
const LONGEST = 63
const LONGEST_PART = 27

/** The words of a name: `'organizationId'`, `'organization-id'` → `['organization', 'id']`. */
function wordsOf(name: string): string[] {
  const words = name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const [first = 'field', ...others] = words
  return [/^\p{N}/u.test(first) ? `n${first}` : first, ...others]
}

/** A name for SQL: `'my field'` → `my_field`, `'日本'` stays. At most 27 bytes. */
export function snakeCase(name: string): string {
  return cutBytes(wordsOf(name).join('_'), LONGEST_PART)
}

/** A name of a file: `'toolCalls'` → `tool-calls`. */
export function kebabCase(name: string): string {
  return snakeCase(name).replaceAll('_', '-')
}

/** A name for TypeScript: `'tool_calls'` → `toolCalls`. */
export function camelCase(name: string): string {
  const [first = 'field', ...others] = snakeCase(name).split('_')
  return first + others.map(capitalized).join('')
}

/** A name of a type or an enum: `'tool_type'` → `ToolType`. */
export function pascalCase(name: string): string {
  return capitalized(camelCase(name))
}

/** The name of a constraint or an index: `users_email_key`. */
export function constraintName(table: string, column: string, kind: 'key' | 'check' | 'idx'): string {
  return cutBytes(`${table}_${column}`, LONGEST - kind.length - 1) + `_${kind}`
}

/** The name, or with a number behind it when that is taken; takes it. */
export function takeName(wanted: string, taken: Set<string>, separator = ''): string {
  let name = wanted
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}${separator}${number}`
  taken.add(name)
  return name
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function cutBytes(text: string, most: number): string {
  let cut = ''
  let bytes = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > most) break
    cut += character
  }
  return cut.replace(/_+$/, '')
}
