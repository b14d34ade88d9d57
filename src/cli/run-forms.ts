import type { RunReport } from '../run/run-report.js'
import type { ReportForms } from './command-spec.js'

/** The forms of what `run`, `plan` and `verify` answer. */
export const runForms: ReportForms<RunReport> = {
  text: async (report, style) =>
    (await import('../report/text/format-run-text.js')).formatRunText(report, style),
  ending: async (report, colours) =>
    (await import('../report/text/format-run-text.js')).formatRunEnding(report, colours),
  log: async (report) => (await import('../report/log/run-log.js')).runLog(report),
}
