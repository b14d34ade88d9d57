import { CommanderError } from 'commander'
import { buildProgram } from './build-program.js'
import type { Surroundings } from './surroundings.js'

/** Runs one command line; answers the exit code. Writes to the streams it is given, and never ends the process by itself. */
export async function runCli(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode = 0
  let complaint = ''
  const program = buildProgram(surroundings, {
    finished: (code) => (exitCode = code),
    complained: (text) => (complaint += text),
  })
  const commands = program.commands.map((command) => command.name())
  try {
    await program.parseAsync(withoutVainHelp(argv, commands), { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return 0
    const { reportUsageError } = await import('./report-usage-error.js')
    return reportUsageError(error, complaint, argv, surroundings)
  }
}

/** `help doctr` → `doctr`: what is no command is answered as if it had been called. */
function withoutVainHelp(argv: readonly string[], commands: readonly string[]): readonly string[] {
  const [first, wanted] = argv
  const isVain =
    first === 'help' && wanted !== undefined && !wanted.startsWith('-') && !commands.includes(wanted)
  return isVain ? argv.slice(1) : argv
}
