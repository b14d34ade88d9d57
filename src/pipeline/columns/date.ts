import type { DateRule } from '../../record/column.js'

/** How a legacy value is read as a day of the calendar. */
export interface DateOptions {
  /** As for `timestamp`: `iso` (default), `rfc-2822`, a pattern such as `dd.MM.yyyy`, … or a list of them. */
  format?: string | readonly string[]
  /** The zone whose calendar says on which day an instant was. Text without an offset needs none. */
  zone?: string
  /** `drop` gives up a time of day; without it anything but midnight rejects the record. */
  time?: 'drop'
  /** Texts that mean that there is no value, such as `'0000-00-00'`; empty text does anyway. */
  nulls?: readonly string[]
}

/** A day of the calendar, `YYYY-MM-DD`, never moved by a zone. A day that there is not rejects the record. */
export function date<const Field extends string>(field: Field, options: DateOptions = {}): DateRule<Field> {
  return { kind: 'date', field, ...options }
}
