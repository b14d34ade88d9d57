import { z } from 'zod'
import { fromExtendedJson } from '../record/extended-json/from-extended-json.js'

/**
 * A record of MongoDB Extended JSON (version 2 canonical or relaxed, or version 1): the schema sees plain values.
 * A wrapper that holds something else than it should rejects the record.
 *
 * `record: extendedJson(z.object({ _id: z.string(), createdAt: z.string() }))`
 */
export function extendedJson<Schema extends z.ZodType>(schema: Schema): z.ZodPreprocess<Schema> {
  return z.preprocess((record, context) => {
    return fromExtendedJson(record, (path, message) => {
      // Our message quotes nothing, so that nothing is to be looked for in it.
      context.addIssue({ code: 'custom', message, path: [...path], input: '' })
    })
  }, schema)
}
