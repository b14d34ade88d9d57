import { Option } from 'commander'
import type { RunReport } from '../../run/run-report.js'
import type { CommandSpec, ReportFile } from '../command-spec.js'
import { given } from '../given.js'
import { batchOption, type BatchFlags } from '../options/batch-option.js'
import type { CommonFlags } from '../options/common-options.js'
import { numberOption } from '../options/number-option.js'
import { profileOption, type ProfileFlags } from '../options/profile-option.js'
import { rejectsOption } from '../options/rejects-option.js'
import { runForms } from '../run-forms.js'
import { shownChanges } from '../shown-changes.js'

interface PlanFlags extends CommonFlags, BatchFlags, ProfileFlags {
  changes?: number
  rejects?: boolean
  rehearse?: boolean
  out?: string
  allowOlder?: boolean
  detailedExitcode?: boolean
  html?: string
  markdown?: string
}

/** Computes everything a run would do, and writes nothing. */
export const planCommand: CommandSpec<RunReport, PlanFlags> = {
  name: 'plan',
  summary: 'compute everything a run would do, column by column; write nothing',
  examples: [
    'carryover plan',
    'carryover plan users --changes 5',
    'carryover plan --html plan.html --detailed-exitcode',
    'carryover plan --out plan.json',
  ],
  options: [
    batchOption(),
    numberOption(
      '--changes <n>',
      'changes to show for each pipeline (default: 10; with --json, --html, --markdown 50)',
      0,
    ),
    rejectsOption(),
    new Option('--rehearse', 'execute in a transaction that is rolled back, so that triggers speak too'),
    new Option('--out <file>', 'save the plan, for `run --plan`').conflicts(['rehearse', 'rejects']),
    new Option('--allow-older', 'say nothing of definitions that are older than those of the last run'),
    profileOption(),
    new Option('--detailed-exitcode', 'exit with 2 when changes are pending'),
    new Option('--html <file>', 'write the report as an HTML page too'),
    new Option('--markdown <file>', 'write the report as Markdown too'),
  ],
  call: (library, options, flags) => {
    const { batch, rehearse, rejects, out, allowOlder, profile } = flags
    return library.plan({
      ...options,
      ...given({ batch, rehearse, rejects, out, allowOlder, profile, changes: shownChanges(flags) }),
    })
  },
  forms: runForms,
  exitCode: (report, { detailedExitcode }) =>
    report.exitCode === 0 && detailedExitcode === true && hasChanges(report) ? 2 : report.exitCode,
  files: async (report, { html, markdown }) => {
    const files: ReportFile[] = []
    if (html !== undefined) {
      const { formatRunHtml } = await import('../../report/html/format-run-html.js')
      files.push({ path: html, text: formatRunHtml(report) })
    }
    if (markdown !== undefined) {
      const { formatRunMarkdown } = await import('../../report/markdown/format-run-markdown.js')
      files.push({ path: markdown, text: formatRunMarkdown(report) })
    }
    return files
  },
}

function hasChanges({ totals, pipelines }: RunReport): boolean {
  const rows = pipelines.some(({ rows: { inserted, updated, deleted } }) => inserted + updated + deleted > 0)
  return rows || totals.inserted + totals.updated + totals.removed > 0
}
