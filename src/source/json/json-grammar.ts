/**
 * The grammar of JSON (RFC 8259) as a table: a state and a byte give the next state, or an action that needs to know
 * the containers around. `JsonAutomaton` walks it.
 */

/** Where in the grammar the next byte stands. The watched twins announce what begins there instead of taking it. */
export const State = {
  value: 0,
  firstValue: 1,
  key: 2,
  firstKey: 3,
  watchedValue: 4,
  watchedFirstValue: 5,
  watchedKey: 6,
  watchedFirstKey: 7,
  colon: 8,
  after: 9,
  done: 10,
  string: 11,
  escape: 12,
  hex4: 13,
  hex3: 14,
  hex2: 15,
  hex1: 16,
  minus: 17,
  zero: 18,
  integer: 19,
  point: 20,
  fraction: 21,
  exponent: 22,
  exponentSign: 23,
  exponentDigits: 24,
  t: 25,
  tr: 26,
  tru: 27,
  f: 28,
  fa: 29,
  fal: 30,
  fals: 31,
  n: 32,
  nu: 33,
  nul: 34,
} as const

/** The number of a state. */
export type State = (typeof State)[keyof typeof State]

/** From a state to its watched twin. */
export const WATCHED = State.watchedValue - State.value

/** Cells of the table that are no state. Those from `endNumber` on leave the byte where it is. */
export const Action = {
  openObject: 64,
  openArray: 65,
  closeObject: 66,
  closeArray: 67,
  openKey: 68,
  colon: 69,
  comma: 70,
  endString: 71,
  endLiteral: 72,
  endNumber: 73,
  announceValue: 74,
  announceKey: 75,
  refuse: 76,
} as const

type Cell = number

/** For each set of characters what follows; `otherwise` holds for all bytes that are in no set. */
interface Row {
  on: Record<string, Cell>
  otherwise?: Cell
}

const SPACE = ' \t\n\r'
const DIGIT = '0123456789'
const HEX = '0123456789abcdefABCDEF'
const VALUE_START = '"-0123456789tfn{['
const CONTROL = String.fromCharCode(...Array.from({ length: 0x20 }, (_, code) => code))

const value: Record<string, Cell> = {
  '"': State.string,
  '-': State.minus,
  '0': State.zero,
  '123456789': State.integer,
  t: State.t,
  f: State.f,
  n: State.n,
  '{': Action.openObject,
  '[': Action.openArray,
}

const rows: Record<keyof typeof State, Row> = {
  value: { on: { ...value, [SPACE]: State.value } },
  firstValue: { on: { ...value, [SPACE]: State.firstValue, ']': Action.closeArray } },
  key: { on: { [SPACE]: State.key, '"': Action.openKey } },
  firstKey: { on: { [SPACE]: State.firstKey, '"': Action.openKey, '}': Action.closeObject } },

  watchedValue: { on: { [SPACE]: State.watchedValue, [VALUE_START]: Action.announceValue } },
  watchedFirstValue: {
    on: { [SPACE]: State.watchedFirstValue, [VALUE_START]: Action.announceValue, ']': Action.closeArray },
  },
  watchedKey: { on: { [SPACE]: State.watchedKey, '"': Action.announceKey } },
  watchedFirstKey: {
    on: { [SPACE]: State.watchedFirstKey, '"': Action.announceKey, '}': Action.closeObject },
  },

  colon: { on: { [SPACE]: State.colon, ':': Action.colon } },
  after: {
    on: { [SPACE]: State.after, ',': Action.comma, '}': Action.closeObject, ']': Action.closeArray },
  },
  done: { on: { [SPACE]: State.done } },

  string: {
    on: { [CONTROL]: Action.refuse, '"': Action.endString, '\\': State.escape },
    otherwise: State.string,
  },
  escape: { on: { '"\\/bfnrt': State.string, u: State.hex4 } },
  hex4: { on: { [HEX]: State.hex3 } },
  hex3: { on: { [HEX]: State.hex2 } },
  hex2: { on: { [HEX]: State.hex1 } },
  hex1: { on: { [HEX]: State.string } },

  minus: { on: { '0': State.zero, '123456789': State.integer } },
  zero: { on: { '.': State.point, eE: State.exponent }, otherwise: Action.endNumber },
  integer: {
    on: { [DIGIT]: State.integer, '.': State.point, eE: State.exponent },
    otherwise: Action.endNumber,
  },
  point: { on: { [DIGIT]: State.fraction } },
  fraction: { on: { [DIGIT]: State.fraction, eE: State.exponent }, otherwise: Action.endNumber },
  exponent: { on: { '+-': State.exponentSign, [DIGIT]: State.exponentDigits } },
  exponentSign: { on: { [DIGIT]: State.exponentDigits } },
  exponentDigits: { on: { [DIGIT]: State.exponentDigits }, otherwise: Action.endNumber },

  t: { on: { r: State.tr } },
  tr: { on: { u: State.tru } },
  tru: { on: { e: Action.endLiteral } },
  f: { on: { a: State.fa } },
  fa: { on: { l: State.fal } },
  fal: { on: { s: State.fals } },
  fals: { on: { e: Action.endLiteral } },
  n: { on: { u: State.nu } },
  nu: { on: { l: State.nul } },
  nul: { on: { l: Action.endLiteral } },
}

/** What follows on a byte in a state, at `state * 256 + byte`. */
export const JSON_GRAMMAR: Uint8Array = buildTable()

function buildTable(): Uint8Array {
  const table = new Uint8Array(256 * Object.keys(rows).length)
  for (const [name, { on, otherwise = Action.refuse }] of Object.entries(rows)) {
    const start = State[name as keyof typeof State] * 256
    table.fill(otherwise, start, start + 256)
    for (const [characters, cell] of Object.entries(on)) {
      for (const character of characters) table[start + character.charCodeAt(0)] = cell
    }
  }
  return table
}
