import type { RunReport } from '../../run/run-report.js'
import type { CommandSpec } from '../command-spec.js'
import { given } from '../given.js'
import { batchOption, type BatchFlags } from '../options/batch-option.js'
import type { CommonFlags } from '../options/common-options.js'
import { profileOption, type ProfileFlags } from '../options/profile-option.js'
import { runForms } from '../run-forms.js'

/** Reads source and target again and compares. */
export const verifyCommand: CommandSpec<RunReport, CommonFlags & BatchFlags & ProfileFlags> = {
  name: 'verify',
  summary: 'read sources and target again and compare; write nothing',
  examples: ['carryover verify', 'carryover verify users orders --json'],
  options: [batchOption(), profileOption()],
  call: (library, options, { batch, profile }) =>
    library.verify({ ...options, ...given({ batch, profile }) }),
  forms: runForms,
}
