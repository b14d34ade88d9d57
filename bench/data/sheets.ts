import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { uuid, writeInChunks } from './members.js'

type Field = string | number | boolean | null

const numbers = Array.from({ length: 13 }, (_, index) => index + 1)

/** Types of the columns in the order of the table, thirteen of each, and what a sheet has in them. */
const groups: readonly [letter: string, type: string, valueOf: (index: number, at: number) => Field][] = [
  ['t', 'text', (index, at) => `text ${(index * at) % 1_000}`],
  ['i', 'integer', (index, at) => (index * 31 + at) % 1_000_000],
  ['n', 'numeric(12, 2)', (index, at) => `${(index + at) % 10_000}.${10 + (index % 90)}`],
  ['b', 'boolean', (index, at) => (index + at) % 3 === 0],
  ['m', 'timestamptz', (index, at) => new Date(1_500_000_000_000 + (index * 13 + at) * 61_000).toISOString()],
  ['s', 'text', (index, at) => ((index + at) % 4 === 0 ? null : `s${(index + at) % 50}`)],
]

/** Sheets of 80 columns as the project reads them and as COPY takes them, and the table. */
export async function writeSheets(folder: string, records: number): Promise<void> {
  await mkdir(join(folder, 'data'), { recursive: true })
  const columns = groups.flatMap(([letter, type]) => numbers.map((number) => `${letter}${number} ${type}`))
  await writeFile(
    join(folder, 'schema.sql'),
    `create table sheets (id uuid primary key, email text not null constraint sheets_email_unique unique, ${columns.join(', ')});\n`,
  )
  await writeInChunks(
    join(folder, 'data/sheets.json'),
    records,
    (index) => (index === 0 ? '' : ',\n') + JSON.stringify(Object.fromEntries(fieldsOf(index))),
    ['[\n', '\n]\n'],
  )
  await writeInChunks(
    join(folder, 'sheets.copy'),
    records,
    (index) =>
      `${fieldsOf(index)
        .map(([, value]) => value ?? '\\N')
        .join('\t')}\n`,
  )
}

function fieldsOf(index: number): [name: string, value: Field][] {
  return [
    ['id', uuid('sheet', index)],
    ['email', `sheet.${index}@example.org`],
    ...groups.flatMap(([letter, , valueOf]) =>
      numbers.map((number): [string, Field] => [`${letter}${number}`, valueOf(index, number)]),
    ),
  ]
}
