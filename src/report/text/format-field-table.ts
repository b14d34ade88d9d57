import type { InspectReport } from '../../run/command-reports.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { count } from '../words/amount.js'
import { describeDistinct, describeTroubles, describeTypes, describeValues } from '../words/describe-field.js'
import { percent } from '../words/percent.js'
import { alignRows, type Cell } from './align-rows.js'
import { cutWidth } from './cut-width.js'
import { displayWidth } from './display-width.js'
import { wrap } from './wrap.js'
import { wrapList } from './wrap-list.js'

type Field = InspectReport['collections'][number]['fields'][number]

const pathWidth = 25
const typesWidth = 18
const leastWidth = 19
const gap = 2

/** The fields of a collection: how often they are there, of what types, how many different values, and which. */
export function formatFieldTable(fields: readonly Field[], colours: Paint, width: number): string[] {
  const shown = fields.filter((field) => !isRareEntry(field, fields))
  if (shown.length === 0) return []
  const heading = ['field', 'present', '', 'types', 'distinct', 'values']
  const facts = shown.map((field) => factsOf(field, colours))
  const taken = heading.slice(0, -1).map((text, column) => {
    const cells = facts.flatMap((lines) => displayWidth(lines[column]?.text ?? ''))
    return column === 3 ? typesColumn(shown) : Math.max(displayWidth(text), ...cells)
  })
  const left = width - taken.reduce((sum, one) => sum + one + gap, 0)
  const rows = shown.flatMap((field, index) =>
    fieldRows(field, facts[index] ?? [], colours, Math.max(left, leastWidth)),
  )
  return alignRows([heading.map((text) => ({ text, paint: colours.dim })), ...rows], 'lrrlrl').map((line) =>
    line.trimEnd(),
  )
}

/** True for one of the many keys of a dictionary, whose values `dictionary.*` stands for. */
function isRareEntry({ path, present, of }: Field, fields: readonly Field[]): boolean {
  if (present * 10 >= of || !path.includes('.')) return false
  return fields.some(
    (other) => other.path.endsWith('.*') && path.startsWith(other.path.slice(0, -1)) && other.path !== path,
  )
}

/** The cells that take one line. */
function factsOf(field: Field, colours: Paint): Cell[] {
  const { path, present, of } = field
  const share = of === 0 ? 0 : present / of
  return [
    { text: cutWidth(stripControls(path), pathWidth), paint: colours.bold },
    { text: count(present) },
    { text: percent(share), ...(share < 1 && { paint: colours.yellow }) },
    { text: '' },
    { text: describeDistinct(field) },
  ]
}

function typesColumn(fields: readonly Field[]): number {
  return Math.max(
    displayWidth('types'),
    ...fields.flatMap((field) => typeLines(field).map((line) => displayWidth(line))),
  )
}

function typeLines(field: Field): string[] {
  return wrapList(describeTypes(field), typesWidth)
}

function fieldRows(field: Field, facts: readonly Cell[], colours: Paint, left: number): Cell[][] {
  const types = typeLines(field)
  const values: Cell[] = [
    ...wrapList(describeValues(field), left).map((text) => ({ text })),
    ...describeTroubles(field).flatMap((trouble) =>
      wrap(trouble, left).map((text) => ({ text, paint: colours.yellow })),
    ),
  ]
  return Array.from({ length: Math.max(1, types.length, values.length) }, (_, line) => [
    ...facts.slice(0, 3).map((cell) => (line === 0 ? cell : { text: '' })),
    { text: types[line] ?? '' },
    line === 0 ? facts[4]! : { text: '' },
    values[line] ?? { text: '' },
  ])
}
