import type { TimestampRule } from '../../record/column.js'
import type { Disambiguation } from '../../record/zone-offset.js'

/** How a legacy value is read as an instant. */
export interface TimestampOptions {
  /**
   * `iso` (default), `rfc-2822`, `epoch-seconds`, `epoch-milliseconds`, or a pattern such as `dd.MM.yyyy HH:mm`;
   * of a list the first that fits is taken.
   */
  format?: string | readonly string[]
  /** The zone of text that has none: `Europe/Berlin`, `UTC` or `+02:00`. */
  zone?: string
  /**
   * What a time means that the clocks of the zone skipped or showed twice: `reject` (default), or as in Temporal
   * `earlier`, `later`, or `compatible` (the later of a skipped one, the earlier of two).
   */
  disambiguation?: Disambiguation
  /** Texts that mean that there is no value, such as `'0000-00-00 00:00:00'`; empty text does anyway. */
  nulls?: readonly string[]
}

/** An instant. Text without an offset and without a declared `zone` rejects the record, as do impossible dates. */
export function timestamp<const Field extends string>(
  field: Field,
  options: TimestampOptions = {},
): TimestampRule<Field> {
  return { kind: 'timestamp', field, ...options }
}
