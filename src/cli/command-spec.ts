import type { Option } from 'commander'
import type { LogEntry } from '../report/log/log-entry.js'
import type { Paint } from '../report/paint.js'
import type { TextStyle } from '../report/text/text-style.js'
import type { CommonOptions, RunOptions } from '../run/options.js'
import type { Library } from './library.js'
import type { CommonFlags } from './options/common-options.js'
import type { Output } from './surroundings.js'

/** What every report has, whichever command made it. */
export interface AnyReport {
  command: string
  status: string
  exitCode: number
  errors: { code: string; message: string; hint?: string }[]
}

/** The forms a report can take on the streams; each loads what it needs when it is asked for. */
export interface ReportForms<Report> {
  text(report: Report, style: TextStyle): Promise<string>
  /** The last line alone. */
  ending(report: Report, colours: Paint): Promise<string>
  log(report: Report): Promise<LogEntry[]>
}

/** What the command line gives a command beside its flags. */
export type CallOptions = CommonOptions &
  Pick<RunOptions, 'onProgress' | 'onWait' | 'stdin'> & {
    readonly stdout: Output
    /** Asks who sits at the terminal; left out where nobody does, or nobody may be asked. */
    ask?: (question: string) => Promise<boolean>
  }

/** A file that a command writes beside its report. */
export interface ReportFile {
  path: string
  text: string
}

/** One command: its options, the function of the library that it calls, and the forms of what that answers. */
export interface CommandSpec<Report extends AnyReport, Flags extends CommonFlags> {
  name: string
  summary: string
  /** More of it, for its own help page. */
  details?: string
  /** What stands behind the options, null for nothing; default: the names of pipelines. */
  argument?: { name: string; description: string } | null
  /** Command lines for the foot of its help. */
  examples: readonly string[]
  options: readonly Option[]
  call(library: Library, options: CallOptions, flags: Flags): Promise<Report>
  forms: ReportForms<Report>
  /** Default: the report's own. */
  exitCode?(report: Report, flags: Flags): number
  /** A result that is a document of its own, printed as it is; undefined when the report is to be shown. */
  document?(report: Report, flags: Flags): Promise<string | undefined>
  files?(report: Report, flags: Flags): Promise<ReportFile[]>
}
