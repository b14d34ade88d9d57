import { Command } from 'commander'
import { toolVersion } from '../run/tool-version.js'
import type { AnyReport, CommandSpec } from './command-spec.js'
import { checkCommand } from './commands/check.js'
import { doctorCommand } from './commands/doctor.js'
import { inspectCommand } from './commands/inspect.js'
import { migrateCommand } from './commands/migrate.js'
import { planCommand } from './commands/plan.js'
import { rejectsCommand } from './commands/rejects.js'
import { runCommand } from './commands/run.js'
import { runsCommand } from './commands/runs.js'
import { sequencesCommand } from './commands/sequences.js'
import { statusCommand } from './commands/status.js'
import { undoCommand } from './commands/undo.js'
import { unlockCommand } from './commands/unlock.js'
import { verifyCommand } from './commands/verify.js'
import { exitCodes } from './exit-codes.js'
import { applyEnvironment } from './options/apply-environment.js'
import { commonOptions, type CommonFlags } from './options/common-options.js'
import { refuseFlagsAsValues } from './options/refuse-flags-as-values.js'
import type { Surroundings } from './surroundings.js'

/** Who hears of the end. */
export interface Listeners {
  finished(exitCode: number): void
  /** What commander would print on stderr about a wrong command line. */
  complained(text: string): void
}

/** The program with all its commands. Parsing throws a `CommanderError`, also for `--help` and `--version`. */
export function buildProgram(surroundings: Surroundings, listeners: Listeners): Command {
  const program = new Command('carryover')
    .description('Moves legacy JSON data into relational tables, and can be run again on every deploy.')
    .version(toolVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', foot(['carryover check', 'carryover plan', 'carryover run']))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.stdout.write(text),
      writeErr: listeners.complained,
      getOutHelpWidth: () => surroundings.stdout.columns ?? 100,
      getErrHelpWidth: () => surroundings.stderr.columns ?? 100,
    })
    .hook('preAction', (_program, command) => applyEnvironment(command, surroundings.env))

  const add = <Report extends AnyReport, Flags extends CommonFlags>(
    spec: CommandSpec<Report, Flags>,
  ): void => {
    const argument = spec.argument === undefined ? pipelineNames : spec.argument
    const command = new Command(spec.name)
      .copyInheritedSettings(program)
      .summary(spec.summary)
      .description([spec.summary, ...(spec.details === undefined ? [] : [spec.details])].join('\n\n'))
      .addHelpText('after', foot(spec.examples))
      .allowExcessArguments(false)
      .action(async () => {
        // What it takes to run a command must not delay `--help`.
        const { executeCommand } = await import('./execute-command.js')
        listeners.finished(await executeCommand(spec, command.args, command.opts<Flags>(), surroundings))
      })
    if (argument !== null) command.argument(argument.name, argument.description)
    for (const option of [...spec.options, ...commonOptions()]) command.addOption(option)
    refuseFlagsAsValues(command)
    program.addCommand(command)
  }
  add(inspectCommand)
  add(checkCommand)
  add(planCommand)
  add(runCommand)
  add(verifyCommand)
  add(statusCommand)
  add(runsCommand)
  add(rejectsCommand)
  add(undoCommand)
  add(migrateCommand)
  add(sequencesCommand)
  add(doctorCommand)
  add(unlockCommand)
  return program
}

const pipelineNames = {
  name: '[names...]',
  description: 'names of pipelines; those they refer to come along (default: all)',
}

function foot(examples: readonly string[]): string {
  return `
Examples:
${examples.map((example) => `  $ ${example}`).join('\n')}

${exitCodes}

Every option has an environment variable: --log-format is CARRYOVER_LOG_FORMAT, --database is CARRYOVER_DATABASE_URL.`
}
