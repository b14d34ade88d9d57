import type { RejectGroup } from '../../run/run-report.js'

const advice: Record<RejectGroup['code'], string> = {
  invalid_record:
    'Correct the field in the source, or let the pipeline’s `record` schema accept what the old system wrote.',
  duplicate_key:
    'Two records of the source have the same key, the first was taken. Remove one, or choose a `key` that tells them apart.',
  unknown_enum: 'Add the value to the enum, give it an alias (`aliases`), or declare a `fallback`.',
  missing_reference:
    "The record it refers to is not in the source or was rejected itself: mend that one, or say `missing: 'null'`.",
  ambiguous:
    'Its unique keys point at different rows. Merge those rows in the target, or correct the key in the source; nothing was guessed.',
  duplicate:
    'Another record of the source owns that row. Remove one of the two, or set `policies.duplicates` to `first` or `last`.',
  unique_conflict:
    'Another row holds that unique value. Correct the value in the source, or free it in the target.',
  not_null: 'Give the column a value: in the source, in the mapping, or as a default of the database.',
  check:
    'The value breaks a CHECK of the table. Correct it in the source or in the mapping, or widen the constraint.',
  foreign_key: 'The row it points at does not exist. Import it first, and let a `reference` make the column.',
  type: 'The value does not fit the column’s type. Say how it is to be read (`timestamp`, `date`, `decimal`, `json`), or convert it with a function.',
  too_long: 'Shorten the text in the mapping, or widen the column by a migration; nothing is ever cut off.',
  out_of_range:
    'The value does not fit. Widen the column by a migration or correct the source; `decimal` with `scale` and `round` rounds, and numbers beyond 2^53 pass as `z.bigint()`, or as `z.string()` beside `z.number()`.',
  nul_character: "Postgres stores no NUL character in text. Take it out: `clean(field, { nul: 'strip' })`.",
  lone_surrogate:
    "The text holds half a character (a lone surrogate), which UTF-8 cannot express. Say `clean(field, { surrogates: 'replace' })`, or mend the source.",
  edited:
    'Somebody edited the column in the target. Decide which side is right, and write it into the other.',
  exists:
    'The row was there before carryover knew it, and `policies.adopt` is `reject`. Allow `update` or `keep`, or remove one of the two.',
  database: 'The database refused it for a reason of its own (a trigger, a rule): read its message.',
}

/** For a kind of reject, what the person who reads the report should do. */
export function rejectAdvice(code: string): string {
  return (advice as Record<string, string>)[code] ?? 'Read the message.'
}
