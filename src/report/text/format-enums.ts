import type { EnumReport } from '../../run/run-report.js'
import type { Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { count } from '../words/amount.js'
import { describeEnum, type EnumValueWords } from '../words/describe-enum.js'
import { alignRows, type Cell } from './align-rows.js'
import { indent } from './indent.js'

/** Values of an enum that are shown unless all are asked for. */
const onScreen = 30

/** A pipeline as far as its enums go. */
interface WithEnums {
  name: string
  enums?: EnumReport[]
}

/** Each distinct legacy value of each enum, how often it occurs and what becomes of it; what rejects records comes first. */
export function formatEnums(pipelines: readonly WithEnums[], colours: Paint, verbose: boolean): string[] {
  const blocks = pipelines.flatMap(({ name, enums = [] }) =>
    enums
      .filter(({ values }) => values.length > 0)
      .map((one) => formatEnum(name, one, colours, verbose ? undefined : onScreen)),
  )
  if (blocks.length === 0) return []
  return ['enums', ...blocks.flatMap((block, index) => indent(index === 0 ? block : ['', ...block]))]
}

function formatEnum(
  pipeline: string,
  found: EnumReport,
  colours: Paint,
  atMost: number | undefined,
): string[] {
  const { values, alarm, more } = describeEnum(found, atMost)
  const where = colours.bold(stripControls(`${pipeline}.${found.column}`))
  return [
    `${where}  ${stripControls(found.enum)}${alarm === '' ? '' : `  ${colours.red(alarm)}`}`,
    ...indent(
      alignRows(
        values.map((value) => formatValue(value, colours)),
        'lrll',
      ),
    ),
    ...(more === '' ? [] : indent([colours.dim(`… ${more}`)])),
  ]
}

function formatValue({ legacy, count: times, to, via, tone }: EnumValueWords, colours: Paint): Cell[] {
  const paint = { bad: colours.red, attention: colours.yellow, plain: (text: string) => text }[tone]
  return [
    { text: legacy, paint },
    { text: count(times) },
    { text: `→ ${to}`, paint },
    { text: via, paint: tone === 'plain' ? colours.dim : paint },
  ]
}
