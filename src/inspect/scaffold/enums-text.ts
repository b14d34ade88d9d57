import { propertyKey, stringLiteral } from './literals.js'
import type { EnumPlan, PipelinePlan } from './plan.js'

/** The module of the enums, with the values that were seen; undefined when there are none. */
export function enumsText(pipelines: readonly PipelinePlan[]): string | undefined {
  const enums = pipelines.flatMap(({ columns }) =>
    columns.flatMap(({ type }) => ('enum' in type ? [type.enum] : [])),
  )
  if (enums.length === 0) return undefined
  return `${["import { legacyEnum } from 'carryover'", ...enums.flatMap((one) => ['', ...enumLines(one)])].join('\n')}\n`
}

function enumLines({ variable, name, values, aliases }: EnumPlan): string[] {
  const head = `export const ${variable} = legacyEnum(${stringLiteral(name)}, [`
  const list = values.map((value) => `  ${stringLiteral(value)},`)
  if (aliases.length === 0) return [head, ...list, '])']
  return [
    head,
    ...list,
    '], {',
    '  aliases: {',
    ...aliases.map(({ legacy, value }) => `    ${propertyKey(legacy)}: ${stringLiteral(value)},`),
    '  },',
    '})',
  ]
}
