const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/** A text as TypeScript writes it: `it's` → `'it\'s'`; control characters and lone surrogates as escapes. */
export function stringLiteral(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${escaped.replace(/[\u007f-\u009f\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g, escape)}'`
}

/** A key of an object literal: `name`, `'my field'`; `__proto__` computed, so that it is a key and no prototype. */
export function propertyKey(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return IDENTIFIER.test(name) ? name : stringLiteral(name)
}

/** How a property is reached: `record.name`, `record['my field']`. */
export function propertyOf(object: string, name: string): string {
  return IDENTIFIER.test(name) ? `${object}.${name}` : `${object}[${stringLiteral(name)}]`
}

/** A text inside a line comment. */
export function inComment(text: string): string {
  return stringLiteral(text).slice(1, -1)
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
