import { Option } from 'commander'
import type { InspectReport } from '../../run/command-reports.js'
import type { CommandSpec } from '../command-spec.js'
import { given } from '../given.js'
import type { CommonFlags } from '../options/common-options.js'

interface InspectFlags extends CommonFlags {
  at?: string
  format?: 'json' | 'ndjson' | 'concatenated'
  name?: string
  scaffold?: string
  schema?: string
}

/** Profiles legacy files before there is any pipeline. */
export const inspectCommand: CommandSpec<InspectReport, InspectFlags> = {
  name: 'inspect',
  summary: 'look at legacy JSON: fields, types, keys, enum-like values, references',
  details:
    'No database is asked. Ranges of numbers and dates and the values of enum-like fields are shown, ' +
    'other values only with --show-values.',
  argument: {
    name: '<files...>',
    description: 'files or quoted globs, each one collection; FILE#/pointer names one list of a document',
  },
  examples: [
    'carryover inspect legacy/users.json',
    "carryover inspect legacy/*.json 'legacy/invoices/*.json#/invoices'",
    'carryover inspect legacy/export.json --scaffold',
  ],
  options: [
    new Option('--at <pointer>', 'JSON Pointer to the list of records (default: the lists are found)'),
    new Option('--format <format>', 'default: by the extension of the file').choices([
      'json',
      'ndjson',
      'concatenated',
    ]),
    new Option('--name <name>', 'what to call the collection, where there is one alone'),
    new Option(
      '--scaffold [folder]',
      'write pipelines, enums and tables for what was found; nothing is overwritten (alone: pipelines)',
    ).preset('pipelines'),
    new Option('--schema <file>', 'the module that has the tables already: --scaffold writes none'),
  ],
  call: (library, { only: files = [], ...options }, { at, format, name, scaffold, schema }) =>
    library.inspect({ ...options, files, ...given({ at, format, name, scaffold, schema }) }),
  forms: {
    text: async (report, style) =>
      (await import('../../report/text/format-inspect-text.js')).formatInspectText(report, style),
    ending: async (report, colours) =>
      (await import('../../report/text/format-inspect-text.js')).formatInspectEnding(report, colours),
    log: async (report) => (await import('../../report/log/inspect-log.js')).inspectLog(report),
  },
}
