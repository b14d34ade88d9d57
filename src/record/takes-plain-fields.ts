import { z } from 'zod'

/** True for a schema whose output has its fields under the names that the legacy record has them: a plain `z.object`. */
export function takesPlainFields(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject
}
