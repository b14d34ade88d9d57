/** How a name of several words is written: `created_at`, `createdAt`, `CreatedAt`. */
export type Style = 'snake' | 'camel' | 'pascal'

/** The most usual first. */
export const styles: readonly Style[] = ['snake', 'camel', 'pascal']

const patterns: Readonly<Record<Style, RegExp>> = {
  snake: /^[\p{Ll}\p{Lo}\d_]+$/u,
  camel: /^[\p{Ll}\p{Lo}\d][\p{L}\d]*$/u,
  pascal: /^\p{Lu}[\p{L}\d]*$/u,
}

/** True for a name of the style; one word in lower case is of two. Underscores in front belong to no style. */
export function isOfStyle(name: string, style: Style): boolean {
  return patterns[style].test(name.replace(/^_+/, ''))
}

/** The letters of a name alone, whatever its style: `created_at`, `CreatedAt` → `createdat`. */
export function unstyled(name: string): string {
  return name.toLowerCase().replaceAll('_', '')
}

/** The same words in a style: `lastLoginAt` → `last_login_at`, `_UserID` → `_user_id`. */
export function inStyle(name: string, style: Style): string {
  const [front = ''] = /^_+/.exec(name) ?? []
  const words = name
    .slice(front.length)
    .split(/[^\p{L}\d]+|(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
    .filter(Boolean)
    .map((word) => word.toLowerCase())
  if (style === 'snake') return front + words.join('_')
  const [first = '', ...others] = words
  return front + [style === 'camel' ? first : capitalized(first), ...others.map(capitalized)].join('')
}

function capitalized(word: string): string {
  const [first = '', ...rest] = word
  return first.toUpperCase() + rest.join('')
}

/** The style that more of the names are of than of any other. */
export function mostUsedStyle(names: readonly string[]): Style {
  const count = (style: Style) => names.filter((name) => isOfStyle(name, style)).length
  return styles.reduce((best, style) => (count(style) > count(best) ? style : best))
}
