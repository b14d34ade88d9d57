import type { CommanderError } from 'commander'
import { formatJson } from '../report/format-json.js'
import { redactUrls } from '../report/redact-urls.js'
import { stripControls } from '../report/strip-controls.js'
import { outputForm } from './output-form.js'
import type { Surroundings } from './surroundings.js'

const exitCode = 64

/** Says what is wrong with the command line, in the form that was asked for; answers exit code 64. */
export function reportUsageError(
  error: CommanderError,
  complaint: string,
  argv: readonly string[],
  { stdout, stderr, env }: Surroundings,
): number {
  const { message, hint } = parts(error, argv)
  const code = `usage.${error.code.replace('commander.', '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`
  switch (outputForm(formFlags(argv, env), stdout, env)) {
    case 'object': {
      const errors = [{ code, message, hint }]
      stdout.write(`${formatJson({ schemaVersion: 1, status: 'failed', exitCode, errors })}\n`)
      break
    }
    case 'lines':
      stdout.write(`${formatJson({ level: 'error', message, code, hint, exitCode })}\n`)
      break
    case 'text':
      // Without any command commander answers with the help.
      stderr.write(error.code === 'commander.help' ? complaint : `error: ${message}\n  → ${hint}\n`)
  }
  return exitCode
}

function parts(error: CommanderError, argv: readonly string[]): { message: string; hint: string } {
  if (error.code === 'commander.help')
    return { message: 'a command is expected', hint: 'Run carryover --help.' }
  const [first = '', ...others] = redactUrls(error.message.replace(/^error: /, '')).split('\n')
  const suggestion = /\((Did you mean .*\?)\)/.exec(others.join(' '))?.[1]
  const command = /^[a-z]+$/.exec(argv[0] ?? '')?.[0]
  if (error.code === 'commander.unknownOption' && argv[0]?.startsWith('-') === true) {
    return { message: stripControls(first), hint: 'Options come after the command: carryover run --json.' }
  }
  const known = error.code !== 'commander.unknownCommand' && command !== undefined
  return {
    message: stripControls(first),
    hint: stripControls(suggestion ?? `Run carryover ${known ? `${command} ` : ''}--help.`),
  }
}

/** The flags that choose the form, read from a command line that could not be parsed. */
function formFlags(argv: readonly string[], env: Surroundings['env']): { json: boolean; logFormat: string } {
  const format = argv.find((word) => word.startsWith('--log-format='))?.slice('--log-format='.length)
  const next = argv.indexOf('--log-format') + 1
  return {
    json: argv.includes('--json') || /^(1|true|yes|on)$/i.test(env['CARRYOVER_JSON'] ?? ''),
    logFormat: format ?? (next > 0 ? argv[next] : undefined) ?? env['CARRYOVER_LOG_FORMAT'] ?? 'auto',
  }
}
