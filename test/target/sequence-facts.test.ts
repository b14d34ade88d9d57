import { expect, test } from 'vitest'
import {
  isBehind,
  isNearlyExhausted,
  takenNumbers,
  sequenceState,
  type SequenceFacts,
} from '../../src/target/sequence-facts.js'

function facts(told: Partial<SequenceFacts>): SequenceFacts {
  return {
    table: 'users',
    tableSql: 'users',
    schema: 'public',
    column: 'id',
    kind: 'identity',
    sequence: 'public.users_id_seq',
    max: null,
    last: null,
    next: '1',
    step: '1',
    limit: '2147483647',
    cycles: false,
    isKnown: true,
    ...told,
  }
}

test.each<[string, Partial<SequenceFacts>, boolean]>([
  ['an empty table', {}, false],
  ['a column at the last number', { max: '15', last: '15', next: '16' }, false],
  ['a column behind the last number', { max: '3', last: '15', next: '16' }, false],
  ['a column one past the last number', { max: '16', last: '15', next: '16' }, true],
  ['given keys before the first number was drawn', { max: '1', last: null, next: '1' }, true],
  ['a first number right behind the column', { max: '7', last: null, next: '8' }, false],
  ['a step of ten that passes the column', { max: '15', last: '10', next: '20', step: '10' }, false],
  ['a step of ten that meets the column', { max: '20', last: '10', next: '20', step: '10' }, true],
  ['a sequence at its end', { max: '9', last: '9', next: null }, false],
  ['a column past a sequence at its end', { max: '10', last: '9', next: null, limit: '9' }, true],
  ['one that counts down, at the last number', { max: '-9', last: '-9', next: '-10', step: '-1' }, false],
  ['one that counts down, past it', { max: '-10', last: '-9', next: '-10', step: '-1' }, true],
  ['one that counts down, untouched', { max: '-1', last: null, next: '-1', step: '-1' }, true],
  [
    'numbers past 2^53',
    { max: '9007199254740993', last: '9007199254740992', next: '9007199254740993' },
    true,
  ],
  ['a sequence that may not be read', { max: '15', next: null, isKnown: false }, false],
  ['a key that nothing fills', { kind: null, max: '15', next: null, sequence: null }, false],
])('%s: behind or not', (_, told, behind) => {
  expect(isBehind(facts(told))).toBe(behind)
})

test.each<[Partial<SequenceFacts>, bigint]>([
  [{}, 0n],
  [{ max: '15', next: '16' }, 0n],
  [{ max: '15', next: '15' }, 1n],
  [{ max: '15', next: '1' }, 15n],
  [{ max: '15', next: '10', step: '4' }, 2n],
  [{ max: '14', next: '10', step: '4' }, 2n],
  [{ max: '15', next: '10', step: '10' }, 1n],
  [{ max: '15', next: '16', step: '10' }, 0n],
  [{ max: '-15', next: '-10', step: '-4' }, 2n],
  [{ max: '-9', next: '-10', step: '-4' }, 0n],
])('numbers of %j that are taken: %s', (told, taken) => {
  expect(takenNumbers(facts(told))).toBe(taken)
})

test.each<[string, Partial<SequenceFacts>, boolean]>([
  ['nothing handed out', {}, false],
  ['just under 80 percent', { last: '79', limit: '100' }, false],
  ['80 percent', { last: '80', limit: '100' }, true],
  ['a column of given keys, and a sequence that handed out nothing', { max: '90', limit: '100' }, true],
  ['what was handed out, not what is in the column', { last: '10', max: '90', limit: '100' }, false],
  ['one that begins again', { last: '99', limit: '100', cycles: true }, false],
  ['one that counts down', { last: '-80', limit: '-100', step: '-1' }, true],
  ['one that counts down and is still above zero', { last: '90', limit: '-100', step: '-1' }, false],
  ['a limit of zero', { last: '-1', limit: '0', step: '1' }, false],
])('%s: nearly exhausted or not', (_, told, nearly) => {
  expect(isNearlyExhausted(facts(told))).toBe(nearly)
})

test.each<[Partial<SequenceFacts>, string]>([
  [{ kind: null, max: '2000000000' }, 'missing'],
  [{ max: null, next: null, isKnown: false }, 'unknown'],
  [{ max: '2000000000', last: '1900000000', next: '1900000001' }, 'behind'],
  [{ kind: 'default', last: '1900000000', next: '1900000001' }, 'exhausted_soon'],
  [{ kind: 'default', last: '1', next: '2' }, 'not_owned'],
  [{ kind: 'serial', last: '1', next: '2' }, 'ok'],
  [{ kind: 'autoincrement', last: '1', next: '2' }, 'ok'],
])('the gravest is told: %j is %s', (told, state) => {
  expect(sequenceState(facts(told))).toBe(state)
})
