import { Option } from 'commander'

/** The flags that every command takes. */
export interface CommonFlags {
  config?: string
  database?: string
  sslCa?: string
  pipelines?: string[]
  json?: boolean
  logFormat: 'pretty' | 'json' | 'auto'
  color: boolean
  input: boolean
  quiet?: boolean
  verbose?: boolean
  showValues?: boolean
}

/** The options that every command takes. */
export function commonOptions(): Option[] {
  const options = [
    new Option('--config <file>', 'configuration file (default: carryover.config.ts, if there is one)'),
    new Option('--database <url>', 'postgres://…, sqlite:path or sqlite::memory:'),
    new Option(
      '--ssl-ca <file>',
      'certificates of who may have signed that of the Postgres server, or system',
    ),
    new Option('--pipelines <glob>', 'pipeline files, repeatable').argParser(
      (glob: string, globs: string[] | undefined) => [...(globs ?? []), glob],
    ),
    new Option('--json', 'print one JSON object on stdout and nothing else'),
    new Option('--log-format <format>', 'text for people, or a JSON object per line; auto: by where it runs')
      .choices(['pretty', 'json', 'auto'])
      .default('auto'),
    new Option('--no-color', 'no colours'),
    new Option('--no-input', 'never ask'),
    new Option('--quiet', 'no progress; only errors and the last line'),
    new Option('--verbose', 'more examples, files and speed; the stack of a defect'),
    new Option(
      '--show-values',
      'show sensitive columns in a plan and among the values of enums, records of rejects, examples of an inspection',
    ),
  ]
  return options.map((option) => option.helpGroup('Options of every command:'))
}
