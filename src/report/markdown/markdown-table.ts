/** A table; the first column to the left, `r` columns to the right. Cells are Markdown already. */
export function markdownTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  alignment: string,
): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = heading.map((_, index) => (alignment[index] === 'r' ? '---:' : '---'))
  return [line(heading), line(rule), ...rows.map(line)]
}
