const PARTS =
  /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?)?$|^(\d{4})([./])(\d\d)\9(\d\d)(?: (\d\d):(\d\d)(?::(\d\d))?)?$/

/**
 * The pattern a date was written by, as `timestamp` takes it: `'31.12.2019 08:15'` → `'dd.MM.yyyy HH:mm'`,
 * `'12/31/2019'` → `'MM/dd/yyyy'`; undefined for text of another form and for days that no month has.
 * `'03/04/2019'` may be either and is answered as `'dd/MM/yyyy or MM/dd/yyyy'`.
 */
export function classifyDate(text: string): string | undefined {
  const parts = PARTS.exec(text)
  if (parts === null) return undefined
  if (parts[8] !== undefined) {
    const [separator, month, day] = [parts[9]!, Number(parts[10]), Number(parts[11])]
    if (!isMonth(month) || !isDay(day)) return undefined
    return `yyyy${separator}MM${separator}dd${clockPattern(parts[12], parts[14])}`
  }
  const [first, second] = [parts[1]!, parts[3]!]
  const separator = parts[2]!
  const clock = clockPattern(parts[5], parts[7])
  const dayFirst = `${letters('d', first)}${separator}${letters('M', second)}${separator}yyyy${clock}`
  const monthFirst = `${letters('M', first)}${separator}${letters('d', second)}${separator}yyyy${clock}`
  const mayBeDayFirst = isDay(Number(first)) && isMonth(Number(second))
  // Dots are written where the day comes first.
  const mayBeMonthFirst = separator !== '.' && isMonth(Number(first)) && isDay(Number(second))
  if (mayBeDayFirst && mayBeMonthFirst) return `${dayFirst} or ${monthFirst}`
  if (mayBeDayFirst) return dayFirst
  return mayBeMonthFirst ? monthFirst : undefined
}

/** The two patterns of a date that may be read in two ways; undefined for every other pattern. */
export function eitherOrder(pattern: string): { dayFirst: string; monthFirst: string } | undefined {
  const [dayFirst, monthFirst] = pattern.split(' or ')
  return dayFirst === undefined || monthFirst === undefined ? undefined : { dayFirst, monthFirst }
}

function letters(letter: 'd' | 'M', digits: string): string {
  return letter.repeat(digits.length)
}

function clockPattern(hour: string | undefined, second: string | undefined): string {
  if (hour === undefined) return ''
  return ` ${'H'.repeat(hour.length)}:mm${second === undefined ? '' : ':ss'}`
}

function isMonth(number: number): boolean {
  return number >= 1 && number <= 12
}

function isDay(number: number): boolean {
  return number >= 1 && number <= 31
}
