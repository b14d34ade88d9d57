import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Utf8Gate } from '../../../src/source/file/utf8-gate.js'
import type { ElementScanner } from '../../../src/source/json/element.js'
import { JsonScanner } from '../../../src/source/json/json-scanner.js'
import { newListSearch } from '../../../src/source/json/list-search.js'
import { NdjsonScanner } from '../../../src/source/json/ndjson-scanner.js'
import { NestedScanner } from '../../../src/source/json/nested-scanner.js'
import { checkElements, parseElements } from '../../../src/source/parse-elements.js'
import { jsonText, parsed } from '../json-text.js'

const maxElementBytes = 2 ** 20
const forms = {
  json: () => new JsonScanner('f', { pointer: [], maxElementBytes }),
  concatenated: () => new JsonScanner('f', { pointer: undefined, maxElementBytes, isConcatenated: true }),
  ndjson: () => new NdjsonScanner('f', { maxElementBytes }),
  nested: () =>
    new NestedScanner('f', {
      pointer: ['*'],
      maxElementBytes,
      isConcatenated: false,
      search: newListSearch(),
    }),
}

/** Records and error of a text that comes in these pieces, as a file's do. */
function read(
  scanner: ElementScanner,
  pieces: readonly Uint8Array[],
): { records: unknown[]; fault: unknown } {
  const gate = new Utf8Gate()
  const records: unknown[] = []
  const steps = [
    ...pieces.map((piece) => () => scanner.push(gate.push(Buffer.from(piece)))),
    () => scanner.push(gate.end()),
    () => scanner.end(),
  ]
  for (const step of steps) {
    step()
    const sound = checkElements(scanner)
    const { records: taken, fault } = parseElements(scanner, records.length, {})
    // What is read through ahead is refused where the records are, and for the same reason.
    expect(sound?.message).toBe(fault?.message)
    records.push(...taken.map(({ value, surroundings, location }) => ({ value, surroundings, location })))
    if (fault !== undefined) return { records, fault: fault.message }
    if (gate.fault !== undefined) return { records, fault: gate.fault }
  }
  return { records, fault: gate.isCutOff ? 'cut off' : undefined }
}

/** A text, or one that was cut off or had a byte changed, as bytes. */
const bytes = fc
  .tuple(jsonText, fc.constantFrom('whole', 'cut', 'changed'), fc.nat(), fc.nat(255))
  .map(([text, damage, place, byte]) => {
    const whole = Buffer.from(text)
    if (whole.length === 0 || damage === 'whole') return whole
    const at = place % whole.length
    if (damage === 'cut') return whole.subarray(0, at)
    whole[at] = byte
    return whole
  })

/** Two of them, so that documents follow on each other and lines on lines. */
const sequence = fc
  .tuple(bytes, fc.constantFrom('', '\n', ' ', '\r\n', '\u001e', ','), bytes)
  .map(([first, between, second]) => Buffer.concat([first, Buffer.from(between), second]))

const anyBytes = fc.oneof(bytes, sequence)

test.each(Object.entries(forms))(
  'as %s, records and errors are the same for a piece that ends at every byte',
  (_, scannerOf) => {
    fc.assert(
      fc.property(anyBytes, (text) => {
        const whole = read(scannerOf(), [text])
        for (let at = 1; at < text.length; at += 1)
          expect(read(scannerOf(), [text.subarray(0, at), text.subarray(at)])).toEqual(whole)
        const single = Array.from(text, (byte) => Uint8Array.of(byte))
        expect(read(scannerOf(), single)).toEqual(whole)
      }),
      { numRuns: 120 },
    )
  },
)

/** What `JSON.parse` says of bytes that must be UTF-8; a mark is taken for whitespace. */
function meaning(text: Uint8Array): { value: unknown } | 'refused' {
  try {
    return parsed(new TextDecoder('utf-8', { fatal: true }).decode(text))
  } catch {
    return 'refused'
  }
}

test('a document is accepted and refused as JSON.parse does, and its values are the same', () => {
  fc.assert(
    fc.property(bytes, (text) => {
      const expected = meaning(text)
      // A document that is an array, so that any text may be the record.
      const document = Buffer.concat([Buffer.from('['), text, Buffer.from(']')])
      const list = meaning(document)
      const { records, fault } = read(forms.json(), [document])
      expect(fault === undefined).toBe(list !== 'refused')
      if (list !== 'refused')
        expect(records.map((record) => (record as { value: unknown }).value)).toEqual(list.value)
      // Alone, it is one document; where it is refused it may be several, or none.
      const alone = read(forms.concatenated(), [text])
      if (expected === 'refused') expect(alone.fault === undefined && alone.records.length === 1).toBe(false)
      else
        expect(alone.records.map((record) => (record as { value: unknown }).value)).toEqual([expected.value])
    }),
    { numRuns: 3000 },
  )
})

test('documents that follow on each other are those that were written', () => {
  const document = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value))
  const between = fc.constantFrom('\n', ' \u001e', '\u001e', '\t\n')
  fc.assert(
    fc.property(fc.array(fc.tuple(document, between)), (documents) => {
      const text = Buffer.from(documents.flat().join(''))
      fc.pre(!text.includes('\\ud')) // half a character, which is no difference of the scanner
      const { records, fault } = read(forms.concatenated(), [text])
      expect(fault).toBeUndefined()
      expect(records.map((record) => (record as { value: unknown }).value)).toEqual(
        documents.map(([written]) => (parsed(written) as { value: unknown }).value),
      )
    }),
    { numRuns: 1000 },
  )
})
