/** The months as English writes them. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** `'may'`, `'May'` → 5; 0 for no month. By the first three letters. */
export function monthOf(name: string): number {
  const start = name.slice(0, 3).toLowerCase()
  return MONTHS.findIndex((month) => month.toLowerCase().startsWith(start)) + 1
}
