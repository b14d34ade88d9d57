import { hash } from 'node:crypto'

/**
 * What the ledger keeps of the values that were applied: eight characters a column, as JSON, so that a later run can tell an
 * edit without keeping the values themselves. `{"name":"PkJ-xG0a","slug":"-"}`; `-` stands for null.
 */
export function appliedMarks(columns: readonly string[], texts: readonly (string | null)[]): string {
  return JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, markOf(texts[at] ?? null)])))
}

/** The columns whose present values are not those that were applied; columns that were not applied are not asked. */
export function editedColumns(marks: string, current: ReadonlyMap<string, string | null>): string[] {
  const applied = Object.entries(JSON.parse(marks) as Record<string, string>)
  return applied
    .filter(([column, mark]) => markOf(current.get(column) ?? null) !== mark)
    .map(([column]) => column)
}

/** The columns that marks were kept of. */
export function markedColumns(marks: string): string[] {
  return Object.keys(JSON.parse(marks) as Record<string, string>)
}

/** 48 bits: of two different values one in 2^48 pairs would look the same. */
function markOf(text: string | null): string {
  return text === null ? '-' : hash('sha256', text, 'base64url').slice(0, 8)
}
