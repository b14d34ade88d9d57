import { inComment, propertyKey, propertyOf, stringLiteral } from './literals.js'
import { JOINED_KEY, type PipelinePlan } from './plan.js'

/** The module of a pipeline. */
export function pipelineText(plan: PipelinePlan, schemaModule: string): string {
  const { name, variable, source, key, keyComments, columns, collection } = plan
  const enums = columns.flatMap(({ type }) => ('enum' in type ? [type.enum.variable] : []))
  const helpers = new Set(['definePipeline', ...columns.flatMap((column) => column.helpers)])
  const place = [
    `files: ${stringLiteral(source.files)}`,
    ...(source.at === '' ? [] : [`at: ${stringLiteral(source.at)}`]),
    ...(source.format === undefined ? [] : [`format: ${stringLiteral(source.format)}`]),
  ]
  const lines = [
    `import { ${[...helpers].toSorted().join(', ')} } from 'carryover'`,
    `import { z } from 'zod'`,
    ...(enums.length === 0 ? [] : [`import { ${enums.toSorted().join(', ')} } from './enums.js'`]),
    ...plan.imports.map(
      ({ variable: other, file }) => `import ${other} from ${stringLiteral(`./${file}.js`)}`,
    ),
    `import { ${variable} } from ${stringLiteral(schemaModule)}`,
    '',
    `// A draft, made from what ${inComment(collection)} held: read it, and make it yours.`,
    'export default definePipeline({',
    `  name: ${stringLiteral(name)},`,
    `  source: { ${place.join(', ')} },`,
    ...recordLines(plan),
    ...keyComments.map((comment) => `  // ${comment}`),
    `  key: ${key.length === 1 ? stringLiteral(key[0]!) : `[${key.map(stringLiteral).join(', ')}]`},`,
    `  target: ${variable},`,
    '  columns: {',
    ...columns.flatMap(({ property, source: made, comments }) => [
      ...comments.map((comment) => `    // ${comment}`),
      `    ${propertyKey(property)}: ${made},`,
    ]),
    '  },',
    '})',
  ]
  return `${lines.join('\n')}\n`
}

function recordLines({ shape, key }: PipelinePlan): string[] {
  const isJoined = key.length > 1
  const deeper = isJoined ? '      ' : '    '
  const fields = shape.flatMap(({ key: name, schema, comments }) => [
    ...comments.map((comment) => `${deeper}// ${comment}`),
    ...(schema === '' ? [] : [`${deeper}${propertyKey(name)}: ${schema},`]),
  ])
  if (!isJoined) return ['  record: z.object({', ...fields, '  }),']
  const parts = key.map((name) => propertyOf('record', name)).join(', ')
  const joined = `${JOINED_KEY}: JSON.stringify([${parts}].map(String))`
  return [
    '  record: z',
    '    .object({',
    ...fields,
    '    })',
    '    // One text for both, that the id is made from.',
    `    .transform((record) => ({ ...record, ${joined} })),`,
  ]
}
