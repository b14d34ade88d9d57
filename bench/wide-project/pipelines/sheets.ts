import { decimal, definePipeline, timestamp, uuidFrom } from 'carryover'
import { z } from 'zod'
import { sheets } from '../schema.js'

const numbers = Array.from({ length: 13 }, (_, index) => index + 1)

/** `{ a1: f('a1'), a2: f('a2'), … }` */
function each<Made>(letter: string, make: (name: string) => Made): Record<string, Made> {
  return Object.fromEntries(numbers.map((number) => [`${letter}${number}`, make(`${letter}${number}`)]))
}

export default definePipeline({
  name: 'sheets',
  source: { files: '../data/sheets.json' },
  record: z.object({
    id: z.string(),
    email: z.string(),
    ...each('t', () => z.string()),
    ...each('i', () => z.number()),
    ...each('n', () => z.string()),
    ...each('b', () => z.boolean()),
    ...each('m', () => z.string()),
    ...each('s', () => z.string().nullable()),
  }),
  key: 'id',
  target: sheets,
  columns: {
    id: uuidFrom('id'),
    email: 'email',
    ...each('t', (name) => name),
    ...each('i', (name) => name),
    ...each('n', (name) => decimal(name as never)),
    ...each('b', (name) => name),
    ...each('m', (name) => timestamp(name as never)),
    ...each('s', (name) => name),
  } as never,
})
