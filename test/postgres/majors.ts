/** The major versions whose servers are installed as the development dependencies `pg15`, `pg16`, `pg18`. */
const installed = [15, 16, 18] as const

export type PostgresMajor = (typeof installed)[number]

/** The majors a test that iterates runs on: all of them, or those in `CARRYOVER_TEST_POSTGRES_MAJORS` (`'16,18'`). */
export const postgresMajors: readonly PostgresMajor[] = chosenMajors(
  process.env['CARRYOVER_TEST_POSTGRES_MAJORS'],
)

/** The one major that every other test runs on: the newest. */
export const defaultMajor: PostgresMajor = postgresMajors.at(-1) ?? 18

/** `'18,16'` → `[16, 18]`; nothing → all. */
export function chosenMajors(text: string | undefined): PostgresMajor[] {
  const wanted = (text ?? '').split(/[\s,]+/).filter((word) => word !== '')
  const unknown = wanted.filter((word) => !installed.some((major) => String(major) === word))
  if (unknown.length > 0) {
    throw new Error(
      `CARRYOVER_TEST_POSTGRES_MAJORS names ${unknown.join(', ')}; there are servers for ${installed.join(', ')}.`,
    )
  }
  return installed.filter((major) => wanted.length === 0 || wanted.includes(String(major)))
}
