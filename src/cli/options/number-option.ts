import { InvalidArgumentError, Option } from 'commander'

/** An option whose value is a whole number from `least` up. */
export function numberOption(flags: string, description: string, least: number): Option {
  return new Option(flags, description).argParser((text) => {
    const number = /^\d+$/.test(text) ? Number(text) : NaN
    if (!Number.isSafeInteger(number) || number < least) {
      throw new InvalidArgumentError(`A whole number is expected, ${least} or more.`)
    }
    return number
  })
}
