import { instantText, type ParsedInstant } from './instant-text.js'
import { type Moment, type MomentFormat, readMoment } from './read-moment.js'
import { wallSeconds } from './wall-clock.js'
import { utcInstant } from '../utc-instant.js'
import { type Disambiguation, fixedOffset, zoneOffset } from './zone-offset.js'

/** How text is to be read. */
export interface InstantSpec {
  readonly format?: MomentFormat
  /** The zone of text without an offset: `Europe/Berlin`, `UTC` or `+02:00`. */
  readonly zone?: string
  /** What a wall clock means that the zone skipped or repeated; `reject` unless it is said. */
  readonly disambiguation?: Disambiguation
}

/**
 * The instant that a legacy value means: `'2024-05-06 07:08:09.5+02'` → `2024-05-06T05:08:09.5Z`; with the zone
 * Europe/Berlin, `'2024-05-06'` → `2024-05-05T22:00:00Z`. A Date is an instant already.
 *
 * @throws DefinitionError when a format or the zone cannot be understood
 */
export function parseInstant(value: unknown, { format, zone, disambiguation }: InstantSpec): ParsedInstant {
  const isIso = format === undefined || format === 'iso'
  const text = isIso && typeof value === 'string' ? utcInstant(value) : undefined
  if (text !== undefined) return { text }
  return instantOf(readMoment(value, format), zone, disambiguation)
}

/**
 * The instant of what was read; of a wall clock without an offset with the zone that is declared.
 *
 * @throws DefinitionError when there is no such zone
 */
export function instantOf(moment: Moment, zone?: string, disambiguation?: Disambiguation): ParsedInstant {
  if (!('year' in moment)) return moment
  const where = moment.offset ?? zone
  if (where === undefined) return { problem: 'no time zone in the text and none declared' }
  const seconds = wallSeconds(moment)
  const fixed = fixedOffset(where)
  const offset =
    fixed === undefined ? zoneOffset(where, moment.year, seconds, disambiguation) : { seconds: fixed }
  return 'problem' in offset ? offset : instantText(seconds - offset.seconds, moment.fraction)
}
