import { Option } from 'commander'

/** The flag of the commands that look at the whole database. */
export interface SchemaFlags {
  schema?: string[]
}

/** Which schemas of the database are looked at. */
export function schemaOption(): Option {
  return new Option(
    '--schema <name>',
    'only this schema of the database, repeatable (default: all)',
  ).argParser((name: string, names: string[] | undefined) => [...(names ?? []), name])
}
