import { z } from 'zod'

interface Steps {
  readonly before: z.ZodType | undefined
  readonly fields: z.ZodType
}

/** It is asked for every record. */
const known = new WeakMap<z.ZodType, Steps>()

/** A schema in two steps: what `z.preprocess` does to the value `before`, if anything, and what then sees its fields. */
export function withoutPreprocess(schema: z.ZodType): Steps {
  let steps = known.get(schema)
  if (steps === undefined) known.set(schema, (steps = stepsOf(schema)))
  return steps
}

function stepsOf(schema: z.ZodType): Steps {
  const isPreprocess = schema instanceof z.ZodPipe && schema.def.in instanceof z.ZodTransform
  if (!isPreprocess) return { before: undefined, fields: schema }
  return { before: schema.def.in as z.ZodType, fields: schema.def.out as z.ZodType }
}
