import { displayWidth } from './display-width.js'

/** A cell of a table: its text, and how it is painted once it has its width. */
export interface Cell {
  text: string
  paint?: (text: string) => string
}

/** Rows as lines with their columns aligned, two spaces apart; `r` columns to the right, others to the left. */
export function alignRows(rows: readonly (readonly Cell[])[], alignment: string): string[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell.text))))
  }
  return rows.map((row) =>
    row
      .map(({ text, paint = (plain) => plain }, index) => {
        const padding = ' '.repeat((widths[index] ?? 0) - displayWidth(text))
        if (alignment[index] === 'r') return padding + paint(text)
        return index === row.length - 1 ? paint(text) : paint(text) + padding
      })
      .join('  '),
  )
}
