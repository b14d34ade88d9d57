import type { FieldProfile } from '../field/field-profile.js'
import { instantFormats, type InstantFormats } from './instant-formats.js'
import { propertyOf, stringLiteral } from './literals.js'
import type { ColumnPlan } from './plan.js'
import { extendedKind, zodBoolean, zodSchema } from './zod-schema.js'

/** The part of a column that follows from its values alone. */
export interface ValuePlan extends Pick<ColumnPlan, 'source' | 'helpers' | 'comments'> {
  type: { builder: string; settings?: string }
  /** What zod says of the field. */
  schema: string
  /** An empty text becomes null. */
  emptyIsNull: boolean
  /** It is kept as it is written. */
  isPlain: boolean
}

const LARGEST_INTEGER = 2n ** 31n
const DECIMAL_SHARE = 0.95

/** The column that the values of a field fit in, and what makes it; undefined when the field never has a value. */
export function planValue(field: FieldProfile): ValuePlan | undefined {
  const { types, patterns, present, emptyTexts } = field
  const filled = present - types.null - emptyTexts
  if (filled === 0) return undefined
  const name = stringLiteral(field.key ?? '')
  const plain = (builder: string, settings?: string): ValuePlan => ({
    ...base(field),
    type: { builder, ...(settings !== undefined && { settings }) },
    source: name,
  })
  const kind = extendedKind(field)
  if (types.array > 0 || (types.object > 0 && kind === undefined)) {
    return { ...plain('jsonb'), source: `json(${name})`, helpers: ['json'], isPlain: false }
  }
  const instants = instantFormats(field)
  if (instants !== undefined) {
    return instants.areDays ? orNull(field, plain('date')) : planInstant(field, name, instants)
  }
  if (patterns[0]?.name === 'rfc-2822' && patterns[0].count === filled) return planRfcInstant(field)
  if (kind?.startsWith('$number')) return planDecimal(field, name, 0)
  if (types.boolean === filled) return orNull(field, plain('boolean'))
  if (meansYesOrNo(field)) return planBoolean(field)
  const share = (pattern: string): number => patterns.find((one) => one.name === pattern)?.count ?? 0
  const numbers = types.integer + types.decimal + types.bigInteger
  const whole = types.integer + types.bigInteger + share('integer')
  if (numbers > 0 && whole === filled) return planInteger(field, name)
  const decimals = numbers + share('decimal') + share('integer')
  if (types.decimal + share('decimal') > 0 && decimals >= filled * DECIMAL_SHARE) {
    return planDecimal(field, name, filled - decimals)
  }
  if (share('uuid') === filled && types.text > 0) {
    return { ...plain('uuid'), source: `uuidFrom(${name})`, helpers: ['uuidFrom'], emptyIsNull: true }
  }
  const isText = types.text > 0 && types.text === present - types.null
  if (isText || kind !== undefined) return { ...plain('text'), isPlain: true }
  return { ...plain('text'), source: convert(field, (value) => `String(${value})`, false), isPlain: false }
}

function base(field: FieldProfile): Omit<ValuePlan, 'type' | 'source'> {
  return { helpers: [], comments: [], schema: zodSchema(field), emptyIsNull: false, isPlain: false }
}

function planInstant(field: FieldProfile, name: string, instants: InstantFormats): ValuePlan {
  const { formats, lacksZone, isAmbiguous, others } = instants
  const list = formats.map(stringLiteral)
  const format =
    formats.length === 1 && formats[0] === 'iso'
      ? []
      : [`format: ${list.length === 1 ? list[0] : `[${list.join(', ')}]`}`]
  const settings = [...format, ...(lacksZone ? ["zone: 'UTC'"] : [])].join(', ')
  return {
    ...base(field),
    type: { builder: 'timestamp', settings: '{ withTimezone: true }' },
    source: `timestamp(${name}${settings === '' ? '' : `, { ${settings} }`})`,
    helpers: ['timestamp'],
    emptyIsNull: true,
    comments: [
      ...(lacksZone ? ['The text has no time zone: put the one of the old system in the place of UTC.'] : []),
      ...(isAmbiguous
        ? ['Whether the day or the month comes first cannot be told from the values: look.']
        : []),
      ...unfit(others),
    ],
  }
}

/** No format of `timestamp`, but what `Date` reads without a guess: day, month and zone are named. */
function planRfcInstant(field: FieldProfile): ValuePlan {
  return {
    ...base(field),
    type: { builder: 'timestamp', settings: '{ withTimezone: true }' },
    source: convert(field, (value) => `new Date(${value})`, true),
    emptyIsNull: true,
  }
}

/** A plain column whose empty texts become null. */
function orNull(field: FieldProfile, plan: ValuePlan): ValuePlan {
  if (field.emptyTexts === 0) return plan
  return { ...plan, source: convert(field, (value) => value, true), emptyIsNull: true }
}

function planDecimal(field: FieldProfile, name: string, others: number): ValuePlan {
  return {
    ...base(field),
    type: { builder: 'numeric' },
    source: `decimal(${name})`,
    helpers: ['decimal'],
    emptyIsNull: true,
    comments: unfit(others),
  }
}

function planInteger(field: FieldProfile, name: string): ValuePlan {
  const { types, digits, numbers } = field
  const isHuge = types.bigInteger > 0 || (digits?.integer ?? 0) > 15
  const largest = [numbers?.min, numbers?.max].some(
    (one) => one !== undefined && abs(BigInt(one)) >= LARGEST_INTEGER,
  )
  const isBig = largest || (digits?.integer ?? 0) > 9
  const type = isHuge
    ? { builder: 'bigint', settings: "{ mode: 'bigint' }" }
    : isBig
      ? { builder: 'bigint', settings: "{ mode: 'number' }" }
      : { builder: 'integer' }
  const isPlain = types.text === 0 && !isHuge
  const make = (value: string): string => (isHuge ? `BigInt(${value})` : `Number(${value})`)
  return { ...base(field), type, emptyIsNull: true, source: isPlain ? name : convert(field, make, true) }
}

function planBoolean(field: FieldProfile): ValuePlan {
  const test = (value: string): string =>
    `['true', 'yes', 'y', 'on', '1'].includes(String(${value}).trim().toLowerCase())`
  return {
    ...base(field),
    schema: zodBoolean(field),
    type: { builder: 'boolean' },
    source: convert(field, test, true),
    emptyIsNull: true,
  }
}

/** A function of the record; null stays null, and where they become null empty texts too. */
function convert(field: FieldProfile, make: (value: string) => string, emptyIsNull: boolean): string {
  const value = propertyOf('record', field.key ?? '')
  const { types, present, of, emptyTexts } = field
  const tests = [
    ...(types.null > 0 || present < of ? [`${value} == null`] : []),
    ...(emptyIsNull && emptyTexts > 0 ? [`${value} === ''`] : []),
  ]
  const made = make(value)
  return `(record) => ${tests.length === 0 ? made : `(${tests.join(' || ')} ? null : ${made})`}`
}

const YES_OR_NO = /^(?:true|false|yes|no|y|n|on|off|0|1)$/
const DIGIT = /^[01]$/

/** True for `yes` and `no`, also beside `true` and `1`; 0 and 1 alone may be numbers. */
function meansYesOrNo({ values, types }: FieldProfile): boolean {
  if (values === null || types.decimal + types.bigInteger + types.object + types.array > 0) return false
  const words = values.map(({ value }) => value.trim().toLowerCase())
  return words.every((word) => YES_OR_NO.test(word)) && words.some((word) => !DIGIT.test(word))
}

function unfit(count: number): string[] {
  if (count === 0) return []
  return [`${count} ${count === 1 ? 'value has' : 'values have'} another form and will be rejected.`]
}

function abs(number: bigint): bigint {
  return number < 0n ? -number : number
}
