import { propertyKey, stringLiteral } from './literals.js'
import type { EnumPlan, PipelinePlan } from './plan.js'

const LONGEST_LINE = 100

/** The module of the enums, with the values that were seen; undefined when there are none. */
export function enumsText(pipelines: readonly PipelinePlan[]): string | undefined {
  const enums = pipelines.flatMap(({ columns }) =>
    columns.flatMap(({ type }) => ('enum' in type ? [type.enum] : [])),
  )
  if (enums.length === 0) return undefined
  return `${["import { legacyEnum } from 'carryover'", ...enums.flatMap((one) => ['', ...enumLines(one)])].join('\n')}\n`
}

function enumLines({ variable, name, values, aliases }: EnumPlan): string[] {
  const head = `export const ${variable} = legacyEnum(${stringLiteral(name)}, `
  const list = values.map(stringLiteral)
  const line = `${head}[${list.join(', ')}]`
  const opened =
    line.length <= LONGEST_LINE ? [line] : [`${head}[`, ...list.map((value) => `  ${value},`), ']']
  const last = opened.pop() ?? ''
  if (aliases.length === 0) return [...opened, `${last})`]
  const spellings = aliases.map(({ legacy, value }) => `    ${propertyKey(legacy)}: ${stringLiteral(value)},`)
  return [...opened, `${last}, {`, '  aliases: {', ...spellings, '  },', '})']
}
