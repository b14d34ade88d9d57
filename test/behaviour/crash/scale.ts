/** How large the import is and how often it is disturbed: small in an ordinary run, as the environment says in a long one. */
export const scale = {
  /** Records of an export. */
  records: given('CARRYOVER_TEST_CRASH_RECORDS', 2_000),
  /** Crashes on each engine. */
  crashes: given('CARRYOVER_TEST_CRASHES', 4),
  seed: given('CARRYOVER_TEST_SEED', 1),
}

function given(name: string, otherwise: number): number {
  const text = process.env[name] ?? ''
  const value = text === '' ? otherwise : Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} is not a positive whole number`)
  return value
}
