import type { TimestampRule } from '../../record/column.js'

/** How legacy text is read as an instant. */
export interface TimestampOptions {
  /**
   * `iso` (default), `epoch-seconds`, `epoch-milliseconds`, or a pattern such as `dd.MM.yyyy HH:mm`;
   * of a list the first that fits is taken.
   */
  format?: string | readonly string[]
  /** The zone of text that has none: `Europe/Berlin`, `UTC` or `+02:00`. */
  zone?: string
}

/** An instant. Text without an offset and without a declared `zone` rejects the record, as do impossible dates. */
export function timestamp<const Field extends string>(
  field: Field,
  options: TimestampOptions = {},
): TimestampRule<Field> {
  return { kind: 'timestamp', field, ...options }
}
