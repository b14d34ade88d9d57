import { type Command, InvalidArgumentError, type Option } from 'commander'

/** Read by the library, where its name is CARRYOVER_DATABASE_URL, or asked for on the command line alone. */
const without = new Set(['--database', '--version', '--help'])

/** Flags that mean something else than the same flag of another command. */
const ofOneCommand = new Set(['doctor --sql', 'doctor --format', 'doctor --schema', 'sequences --schema'])

/** The environment variable of an option: `--log-format` → `CARRYOVER_LOG_FORMAT`, `doctor --sql` → `CARRYOVER_DOCTOR_SQL`. */
function environmentName(command: string, { long }: Option): string | undefined {
  if (long === undefined || without.has(long)) return undefined
  const words = ofOneCommand.has(`${command} ${long}`) ? `${command}-${long.slice(2)}` : long.slice(2)
  return `CARRYOVER_${words.replace(/-/g, '_').toUpperCase()}`
}

/**
 * Gives a command's options the values of their environment variables, where the command line did not say.
 * An empty variable counts as none.
 */
export function applyEnvironment(command: Command, env: Readonly<Record<string, string | undefined>>): void {
  for (const option of command.options) {
    const name = environmentName(command.name(), option)
    const text = name === undefined ? '' : (env[name] ?? '')
    const source = command.getOptionValueSource(option.attributeName())
    if (text === '' || (source !== undefined && source !== 'default')) continue
    try {
      const value = valueOf(option, text)
      if (value !== undefined) command.setOptionValueWithSource(option.attributeName(), value, 'env')
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error
      command.error(`error: environment variable ${name} is invalid. ${error.message}`, {
        code: 'commander.invalidArgument',
      })
    }
  }
}

function valueOf(option: Option, text: string): unknown {
  if (option.isBoolean() || option.negate) return switched(text) ? !option.negate : undefined
  // `--wait` works without a value too.
  if (option.optional && /^(true|yes|on)$/i.test(text)) {
    const preset = String(option.presetArg)
    return option.parseArg === undefined ? preset : option.parseArg(preset, undefined)
  }
  if (option.optional && /^(false|no|off)$/i.test(text)) return undefined
  return option.parseArg === undefined ? text : option.parseArg(text, undefined)
}

function switched(text: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true
  if (/^(0|false|no|off)$/i.test(text)) return false
  throw new InvalidArgumentError('1 or 0 is expected.')
}
