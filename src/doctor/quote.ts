/** A name as it stands in a statement that is to be read by people: quoted where it has to be. */
export function quoteName(name: string): string {
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) && !quotedElsewhere.has(name)
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`
}

/** Text as a literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/**
 * Words that cannot be names of tables and columns without quotes.
 * Source: PostgreSQL documentation, appendix C, "SQL Key Words", reserved in PostgreSQL.
 */
export const reserved: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
  concurrently constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp
  current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having
  ilike in initially inner intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not
  notnull null offset on only or order outer overlaps placing primary references returning right select session_user similar
  some symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when where window
  with`.split(/\s+/),
)

/** Words that need quotes in SQLite alone: https://sqlite.org/lang_keywords.html, without those that it takes as names as well. */
const quotedElsewhere: ReadonlySet<string> = new Set(
  `add alter autoincrement between commit delete drop escape exists if index insert nothing set transaction update
  values`.split(/\s+/),
)
