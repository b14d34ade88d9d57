/** Settings of a statement that joins what it inserted with all of its stage: neither has an index. */
export const withHashJoins = {
  on: 'set local enable_hashjoin = on',
  off: 'set local enable_hashjoin = off',
}
