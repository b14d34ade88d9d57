import { redactReport } from '../report/redact-report.js'
import type { AnyReport, CallOptions, CommandSpec } from './command-spec.js'
import { deliverReport } from './deliver-report.js'
import { given } from './given.js'
import type { CommonFlags } from './options/common-options.js'
import { outputForm, type OutputForm } from './output-form.js'
import { openProgress } from './progress/open-progress.js'
import { reportDefect } from './report-defect.js'
import { announceFiles } from './announce-files.js'
import { announceStop } from './announce-stop.js'
import { announceWait } from './announce-wait.js'
import { ask } from './ask.js'
import type { Surroundings } from './surroundings.js'
import { watchSignals, type SignalWatch } from './watch-signals.js'
import { writeFiles } from './write-files.js'

/** Calls the library for one command and delivers its report; answers the exit code. */
export async function executeCommand<Report extends AnyReport, Flags extends CommonFlags>(
  spec: CommandSpec<Report, Flags>,
  names: readonly string[],
  flags: Flags,
  surroundings: Surroundings,
): Promise<number> {
  const form: OutputForm = outputForm(flags, surroundings.stdout, surroundings.env)
  const progress = openProgress(form, flags.quiet === true, surroundings)
  const watch = watchSignals(surroundings, () => {
    progress.end()
    announceStop(form, surroundings)
  })
  try {
    const options = callOptions(names, flags, surroundings, watch, { form, onProgress: progress.update })
    const answered = await spec.call(surroundings.library, options, flags)
    progress.end()
    const report = redactReport(withExitCode(spec, answered, flags, watch))
    const files = (await spec.files?.(report, flags)) ?? []
    const { report: complete, written } = await writeFiles(report, files, surroundings.cwd)
    await deliverReport(spec, complete, flags, form, surroundings)
    if (flags.quiet !== true) announceFiles(written, form, surroundings)
    return complete.exitCode
  } catch (error) {
    progress.end()
    return reportDefect(error, spec.name, flags, form, watch.exitCode() ?? 1, surroundings)
  } finally {
    watch.release()
  }
}

function callOptions(
  names: readonly string[],
  flags: CommonFlags,
  surroundings: Surroundings,
  { signal }: SignalWatch,
  { form, onProgress }: { form: OutputForm; onProgress: NonNullable<CallOptions['onProgress']> },
): CallOptions {
  const { cwd, env, stdin, stdout, stderr } = surroundings
  const { config, database, sslCa, pipelines, showValues } = flags
  const only = names.length === 0 ? undefined : names
  const onWait: CallOptions['onWait'] =
    flags.quiet === true ? undefined : (waiting) => announceWait(waiting, form, surroundings)
  const mayAsk = flags.input && stdin.isTTY === true && stderr.isTTY === true
  const toAsk = mayAsk ? (question: string) => ask(question, surroundings, signal) : undefined
  return {
    cwd,
    env,
    stdin,
    stdout,
    signal,
    onProgress,
    ...given({ config, database, sslCa, pipelines, only, showValues, onWait, ask: toAsk }),
  }
}

/** The library knows of an interruption only, not by which signal; and running out of time is an error. */
function withExitCode<Report extends AnyReport, Flags extends CommonFlags>(
  spec: CommandSpec<Report, Flags>,
  report: Report,
  flags: Flags,
  watch: SignalWatch,
): Report {
  const interrupted = report.exitCode === 130
  const exitCode = interrupted ? (watch.exitCode() ?? 1) : (spec.exitCode?.(report, flags) ?? report.exitCode)
  return { ...report, exitCode }
}
