import { expect, test } from 'vitest'
import { isFallible } from '../../../src/target/postgres/fallible.js'

test.each([
  'age',
  '"Order"',
  '(age >= 0)',
  `(age >= '-1'::integer)`,
  '((age >= 0) AND (age <= 150))',
  '(price >= (0)::numeric)',
  '(joined_at < (ended_at))',
  'lower((email)::text)',
  'email collate pg_catalog."C"',
  `((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))`,
  `(status = ANY (ARRAY['a / b'::text, 'f(x)'::text]))`,
  `((status <> 'new'::text) OR (code <> 'lock'::text))`,
  '(char_length(name) > 3)',
  '(deleted_at IS NULL)',
  `(email ~~ '%@%'::text)`,
  `(slug ~ '^[a-z0-9-]+$'::text)`,
  `(payload ->> 'n'::text)`,
  `(jsonb_typeof(payload) = 'object'::text)`,
  `COALESCE(tenant, '00000000-0000-0000-0000-000000000000'::uuid)`,
])('%s answers for every value', (expression) => expect(isFallible(expression)).toBe(false))

test.each([
  '(100 / small)',
  '(price - discount)',
  '(a + b)',
  `((payload ->> 'n'::text))::integer`,
  '(code)::uuid',
  'slugify(name)',
  '"Slugify"(name)',
  'billing.slugify(name)',
  '(name ~ pattern)',
  `(status = 'a'::text) AND f(x)`,
])('%s may raise an error', (expression) => expect(isFallible(expression)).toBe(true))
