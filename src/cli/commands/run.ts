import { Option } from 'commander'
import type { RunReport } from '../../run/run-report.js'
import type { CommandSpec } from '../command-spec.js'
import { given } from '../given.js'
import { batchOption, type BatchFlags } from '../options/batch-option.js'
import type { CommonFlags } from '../options/common-options.js'
import { profileOption, type ProfileFlags } from '../options/profile-option.js'
import { numberOption } from '../options/number-option.js'
import { rejectsOption } from '../options/rejects-option.js'
import { writingOptions, writingOptionsOf, type WritingFlags } from '../options/writing-options.js'
import { runForms } from '../run-forms.js'
import { shownChanges } from '../shown-changes.js'

interface RunFlags extends CommonFlags, BatchFlags, ProfileFlags, WritingFlags {
  dryRun?: boolean
  plan?: string
  allowOlder?: boolean
  full?: boolean
  parallel?: number
  rejects?: boolean
  storeValues: boolean
}

/** Applies the pipelines, then verifies. */
export const runCommand: CommandSpec<RunReport, RunFlags> = {
  name: 'run',
  summary: 'apply the pipelines to the database, then verify',
  examples: [
    'carryover run',
    'carryover run users --wait=5m',
    'carryover run --plan plan.json',
    'carryover run --rejects',
    'carryover run --database sqlite:./shop.sqlite --json',
  ],
  options: [
    new Option('--dry-run', 'the same as plan: write nothing'),
    new Option(
      '--plan <file>',
      'apply a plan that `plan --out` has saved, if nothing has changed since',
    ).conflicts(['dryRun', 'rejects']),
    new Option('--allow-older', 'run definitions that are older than those of the last run'),
    new Option('--full', 'map every record again, also those that have not changed since the last run'),
    rejectsOption(),
    new Option('--no-store-values', 'keep no copy of rejected records in the ledger'),
    batchOption(),
    numberOption(
      '--parallel <n>',
      'connections to the database that may work at the same time (default: 2)',
      1,
    ),
    profileOption(),
    ...writingOptions(),
  ],
  call: (library, options, flags) => {
    const { batch, rejects, allowOlder, parallel, full, plan, profile } = flags
    const storeValues = flags.storeValues ? undefined : false
    const settings = {
      ...options,
      ...given({ batch, parallel, rejects, allowOlder, full, storeValues, profile }),
      ...writingOptionsOf(flags),
    }
    if (flags.dryRun !== true) return library.run({ ...settings, ...given({ plan }) })
    return library.plan({ ...settings, ...given({ changes: shownChanges(flags) }) })
  },
  forms: runForms,
}
