import { expect, it } from 'vitest'
import { openTarget } from '../../src/target/open-target.js'
import { defaultOptions } from '../contract/engine.js'

it.each([
  ['foo', '"foo"'],
  ['./data/shop.sqlite', '"./data/shop.sqlite"'],
  ['', 'an empty one'],
  ['mysql://ada:s3cret@db/shop', 'one that starts with "mysql:"'],
  ['postgres:/ada:s3cret@db/shop', 'one that starts with "postgres:"'],
  ['ada:s3cret@db/shop', 'one that starts with "ada:"'],
  ['host=db user=ada password=s3cret', 'one that starts with neither'],
  ['//ada:s3cret@db/shop', 'one that starts with neither'],
  ['s3cret@db/shop', 'one that starts with neither'],
])(
  'of the database %s it is told what was expected, and of what was found no password',
  async (url, found) => {
    const refused = openTarget(url, '/', defaultOptions)
    await expect(refused).rejects.toMatchObject({
      code: 'usage.database_url',
      exitCode: 64,
      message: `Expected a database URL, postgres://… or sqlite:path, found ${found}.`,
      hint: expect.not.stringContaining('s3cret') as string,
    })
  },
)
