const TYPE = String.raw`(?:character varying|double precision|bit varying|time(?:stamp)? with(?:out)? time zone|[a-z_]\w*|"[^"]+")(?:\(\d+(?:,\d+)?\))?(?:\[\])?`
/** What was checked when the constraint was made: `'new'::text`, `(0)::numeric`. */
const LITERAL = new RegExp(String.raw`(?:'(?:[^']|'')*'|\(-?\d+(?:\.\d+)?\))(?:::${TYPE})*`, 'g')
const QUOTED_NAME = /"(?:[^"]|"")*"/g
/** A change of type that no value stands in the way of. */
const SAFE_CAST = /::(?:text|character varying|varchar|bpchar|citext)(?:\[\])?(?![\w(])/g
/** A comparison with a pattern that was sound when the constraint was made. */
const PATTERN = /!?~~?\*? 0\b/g
/** What looks like a call and is none, and functions that answer for every value. */
const SAFE_CALL =
  /\b(?:and|or|not|in|is|any|all|array|case|when|then|else|coalesce|nullif|lower|upper|[bl]?trim|rtrim|(?:char_|octet_)?length|jsonb?_typeof)\s*[([]/gi

/**
 * True for an expression that may raise an error for some values: `100 / n`, `(payload ->> 'n')::integer`, a function of
 * somebody's. `lower(email)` and `age >= 0` answer whatever is there, so that nobody needs to try.
 */
export function isFallible(expression: string): boolean {
  const bare = expression
    .replace(LITERAL, '0')
    .replace(QUOTED_NAME, 'name')
    .replace(PATTERN, '= 0')
    .replace(SAFE_CAST, '')
    .replace(SAFE_CALL, '(')
  return /::|\w\s*\(|[+*/%^~]|-(?!>)/.test(bare)
}
