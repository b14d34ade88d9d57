import { expect, it } from 'vitest'
import { redactUrls } from '../../src/report/redact-urls.js'

it.each([
  ['postgres://ada:s3cret@db.example/shop', 'postgres://ada:***@db.example/shop'],
  ['postgresql://ada:p@ss:w0rd@db/shop?sslmode=require', 'postgresql://ada:***@db/shop?sslmode=require'],
  [
    'cannot reach postgres://a:b@one/x nor postgres://c:d@two/y',
    'cannot reach postgres://a:***@one/x nor postgres://c:***@two/y',
  ],
  ['postgres://db/shop?user=ada&password=s3cret&x=1', 'postgres://db/shop?user=ada&password=***&x=1'],
  ['https://host/a?api_key=1&sslpassword=2#top', 'https://host/a?api_key=***&sslpassword=***#top'],
  ["host=db password='it is secret' user=ada", 'host=db password=*** user=ada'],
  ['redis://:s3cret@cache', 'redis://:***@cache'],
  ['/srv/postgres:/ada:s3cret@db/shop does not exist', '/srv/postgres:/ada:***@db/shop does not exist'],
])('takes the secrets out of %s', (text, shown) => {
  expect(redactUrls(text)).toBe(shown)
})

it.each(['postgres://ada@db/shop', 'sqlite:./shop.sqlite', 'data/users.json:12: wrong', 'ada@example.com'])(
  'leaves %s, which has no secret, as it is',
  (text) => expect(redactUrls(text)).toBe(text),
)
