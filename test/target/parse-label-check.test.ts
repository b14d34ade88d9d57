import { describe, expect, it } from 'vitest'
import { parseLabelCheck } from '../../src/target/parse-label-check.js'

describe('a check that is a closed list of texts', () => {
  it.each([
    [`state in ('open', 'paid')`, ['open', 'paid']],
    [`"state" in ('open','paid')`, ['open', 'paid']],
    [`STATE IN ('open')`, ['open']],
    [`"orders"."state" in ('open')`, ['open']],
    [`(("state") in (('open')))`, ['open']],
    [`state = 'open'`, ['open']],
    [`state = 'open' or state = 'paid' or state in ('void', 'open')`, ['open', 'paid', 'void']],
    [`state is null or state in ('open')`, ['open']],
    [`state in ('open') or (state is null)`, ['open']],
    [`state in ('it''s', '''', '', '(or)', 'a,b', 'in')`, [`it's`, `'`, '', '(or)', 'a,b', 'in']],
    [`"Zu""stand" in ('offen')`, ['offen']],
    // As Postgres 14 to 18 write them.
    [`(state = ANY (ARRAY['open'::text, 'paid'::text]))`, ['open', 'paid']],
    [
      `((state)::text = ANY ((ARRAY['open'::character varying, 'paid'::character varying])::text[]))`,
      ['open', 'paid'],
    ],
    [`((state)::text = ANY (ARRAY[('open'::character varying(5))::text, 'paid'::text]))`, ['open', 'paid']],
    [`(state = ANY (ARRAY['open'::"My Schema".order_state, 'paid'::order_state]))`, ['open', 'paid']],
    [`(state = 'open'::text)`, ['open']],
    [`((state IS NULL) OR (state = ANY (ARRAY['open'::text])))`, ['open']],
    [`(state = ANY (ARRAY[E'back\\\\slash'::text, 'plain\\text'::text]))`, ['back\\slash', 'plain\\text']],
  ])('%s', (expression, labels) => {
    expect(parseLabelCheck(expression)).toEqual(labels)
  })
})

describe('any other check is none', () => {
  it.each([
    `age >= 0`,
    `age in (1, 2)`,
    `state <> 'open'`,
    `state not in ('open')`,
    `not state in ('open')`,
    `not (state = 'open')`,
    `state like 'o%'`,
    `state is not null`,
    `state is null`,
    `lower(state) in ('open')`,
    `coalesce(state, 'open') in ('open')`,
    `state in ('open') and id > 3`,
    `state in ('open') or id > 3`,
    `state = 'open' or kind = 'paid'`,
    `state in ('open') collate nocase`,
    `state in ('open', null)`,
    `state in ()`,
    `state in (select 'open')`,
    `(state in ('open')) = (id = 3)`,
    `state = any ('{open,paid}')`,
    `(state <> ALL (ARRAY['open'::text]))`,
    `case when state in ('open') then 1 else 0 end`,
    ``,
    `((('`,
  ])('%s', (expression) => {
    expect(parseLabelCheck(expression)).toBeUndefined()
  })
})
