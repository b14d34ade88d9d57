import { type Command, InvalidArgumentError } from 'commander'

/** A flag whose value was forgotten must not take the next flag for it: `--sql --strict`. */
export function refuseFlagsAsValues(command: Command): void {
  const flags = new Set(command.options.flatMap(({ long, short }) => [long, short]))
  for (const option of command.options.filter(({ required }) => required)) {
    const parse = option.parseArg
    option.argParser((text, earlier: unknown) => {
      if (flags.has(text.split('=')[0])) throw new InvalidArgumentError('Expected a value, found a flag.')
      return parse === undefined ? text : parse(text, earlier)
    })
  }
}
