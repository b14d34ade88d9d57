/** What a value breaks that a Postgres type would refuse by itself. */
export type TypeRefusal = 'type' | 'too_long' | 'out_of_range'

/** The name of a check that stands for a part of a Postgres type: `code too_long`. */
export function typeCheckName(column: string, refusal: TypeRefusal): string {
  return `${column} ${refusal}`
}

/** The column and the refusal that the name of such a check tells; `undefined` for a check of the schema's own. */
export function readTypeCheckName(
  name: string,
  columns: readonly { readonly name: string }[],
): { column: string; refusal: TypeRefusal } | undefined {
  const [, column, refusal] = /^(.+) (type|too_long|out_of_range)$/s.exec(name) ?? []
  if (column === undefined || !columns.some((candidate) => candidate.name === column)) return undefined
  return { column, refusal: refusal as TypeRefusal }
}
