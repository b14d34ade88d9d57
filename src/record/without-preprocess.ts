import { z } from 'zod'

/** A schema in two steps: what `z.preprocess` does to the value `before`, if anything, and what then sees its fields. */
export function withoutPreprocess(schema: z.ZodType): { before: z.ZodType | undefined; fields: z.ZodType } {
  const isPreprocess = schema instanceof z.ZodPipe && schema.def.in instanceof z.ZodTransform
  if (!isPreprocess) return { before: undefined, fields: schema }
  return { before: schema.def.in as z.ZodType, fields: schema.def.out as z.ZodType }
}
