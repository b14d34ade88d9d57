import fc from 'fast-check'
import { parseExactJson } from '../../src/source/parse-exact-json.js'

const FRAGMENTS = [
  '{}[],:"\\-+.0123456789eEu \t\n\r\u0001x'.split(''),
  ['é', '€', '😀', '\u2028', '\ufeff', '\\u00e9', '\\n'],
  ['true', 'false', 'null', '"a"', '"__proto__"', '"a":', '1e5', '{}', '[]'],
].flat()

const fragment = fc.constantFrom(...FRAGMENTS)

/** Text that is JSON most of the time, with whitespace in all places it may stand. */
const valid = fc
  .tuple(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom('', ' ', '\t', '\n'), fc.constantFrom('', ' \r\n'))
  .map(([value, indent, end]) => JSON.stringify(value, null, indent) + end)

/** Valid JSON with a fragment put in, or characters taken out, at some place. */
const damaged = fc
  .tuple(valid, fc.nat(), fc.nat({ max: 3 }), fc.option(fragment, { nil: '' }))
  .map(([text, place, removed, added]) => {
    const at = place % (text.length + 1)
    return text.slice(0, at) + added + text.slice(at + removed)
  })

const random = fc.array(fragment, { maxLength: 12 }).map((fragments) => fragments.join(''))

/** Valid, nearly valid and wild JSON text; never with half a character, which a file cannot hold. */
export const jsonText = fc
  .oneof(
    { weight: 2, arbitrary: valid },
    { weight: 4, arbitrary: damaged },
    { weight: 1, arbitrary: random },
    { weight: 2, arbitrary: random.map((text) => `[${text}]`) },
    { weight: 1, arbitrary: random.map((text) => `{"a":${text}}`) },
  )
  .filter((text) => text.isWellFormed())

/** What a text means when `JSON.parse` accepts it, with exact numbers. */
export function parsed(text: string): { value: unknown } | 'refused' {
  try {
    JSON.parse(text)
  } catch {
    return 'refused'
  }
  return { value: parseExactJson(text) }
}
