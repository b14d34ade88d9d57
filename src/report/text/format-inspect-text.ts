import type { InspectReport } from '../../run/command-reports.js'
import { paint, type Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount } from '../words/amount.js'
import { bytes } from '../words/bytes.js'
import { describeGroups } from '../words/describe-field.js'
import { describeKey, describeReference, isFaultless, keyName } from '../words/describe-key.js'
import { alignRows, type Cell } from './align-rows.js'
import { cutWidth } from './cut-width.js'
import { displayWidth } from './display-width.js'
import { formatErrors } from './format-errors.js'
import { formatFieldTable } from './format-field-table.js'
import { indent } from './indent.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'
import { wrap } from './wrap.js'
import { wrapList } from './wrap-list.js'

type Collection = InspectReport['collections'][number]

/** What legacy files hold, for people: a table of fields for each list of records, and what it suggests. */
export function formatInspectText(report: InspectReport, { colour, width }: TextStyle): string {
  const colours = paint(colour)
  return joinSections([
    ...report.collections.flatMap((collection) => formatCollection(collection, colours, width)),
    formatScaffold(report, colours, width),
    formatErrors(report.errors, colours, width),
    [formatInspectEnding(report, colours)],
  ])
}

/** The last line alone: how much was looked at. */
export function formatInspectEnding(report: InspectReport, colours: Paint): string {
  const { collections, status, exitCode } = report
  const records = collections.reduce((sum, collection) => sum + collection.records, 0)
  const looked = `${amount(collections.length, 'collection')}, ${amount(records, 'record')}`
  if (status !== 'ok') return colours.red(`inspection incomplete (exit code ${exitCode}): ${looked}`)
  return colours.green(`inspected ${looked}`)
}

function formatCollection(collection: Collection, colours: Paint, width: number): string[][] {
  const { fields, keys, references } = collection
  return [
    headOf(collection, colours),
    formatFieldTable(fields, colours, width),
    section(
      keys.some((key) => key.fields.length > 1) ? 'keys, and pairs of fields' : 'keys',
      keys.map((key) => ({
        name: keyName(key),
        told: [describeKey(key)],
        tone: isFaultless(key) ? colours.green : colours.yellow,
      })),
      colours,
      width,
    ),
    section(
      'values',
      fields.flatMap(({ path, values }) =>
        values === null ? [] : [{ name: path, told: describeGroups(values), tone: undefined }],
      ),
      colours,
      width,
    ),
    section(
      'references',
      references.map((reference) => ({
        name: `${reference.path} → ${reference.to.collection}.${reference.to.field}`,
        told: [describeReference(reference)],
        tone: reference.dangling === 0 ? colours.green : colours.yellow,
      })),
      colours,
      width,
    ),
  ]
}

function headOf({ name, records, notObjects, complete, source }: Collection, colours: Paint): string[] {
  const { files, at, read } = source
  const size = read.length === 0 ? '' : ` (${bytes(read.reduce((sum, file) => sum + file.bytes, 0))})`
  const from = `${stripControls(files)}${at === '' ? '' : `#${stripControls(at)}`}${size}`
  return [
    `${colours.bold(stripControls(name))}  ${amount(records, 'record')}  ${colours.dim(from)}`,
    ...(complete
      ? []
      : [colours.red('  incomplete: an error ended the reading, this is what stands before it')]),
    ...(notObjects === 0
      ? []
      : [colours.yellow(`  ${amount(notObjects, 'record')} that are no objects and have no fields`)]),
  ]
}

interface Line {
  name: string
  /** Broken between them, where that is possible. */
  told: string[]
  tone: ((text: string) => string) | undefined
}

function section(title: string, lines: readonly Line[], colours: Paint, width: number): string[] {
  if (lines.length === 0) return []
  const nameWidth = Math.floor(width / 2)
  const named = lines.map((line) => ({ ...line, name: cutWidth(stripControls(line.name), nameWidth) }))
  const left = width - Math.max(...named.map(({ name }) => displayWidth(name))) - 4
  const rows = named.flatMap(({ name, told, tone }) =>
    wrapList(told, left).map((text, index): Cell[] => [
      { text: index === 0 ? name : '', paint: colours.bold },
      { text, ...(tone && { paint: tone }) },
    ]),
  )
  return [title, ...indent(alignRows(rows, 'll'))]
}

function formatScaffold({ scaffold }: InspectReport, colours: Paint, width: number): string[] {
  if (scaffold === null) return []
  return [
    'written',
    ...indent(scaffold.files.map((file) => colours.green(stripControls(file)))),
    ...indent(
      scaffold.notes.flatMap((note) => wrap(stripControls(note), width - 2, '→ ').map(colours.yellow)),
    ),
  ]
}
