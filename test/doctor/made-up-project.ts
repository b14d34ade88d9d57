import type { Check, Found, Patient } from '../../src/doctor/check.js'

/** What a check of files finds in a project of these, of which the version control knows `tracked`. */
export async function inProject(
  check: Check,
  files: Readonly<Record<string, string>>,
  tracked?: readonly string[],
): Promise<readonly Found[]> {
  const project = {
    dir: '/project',
    texts: new Map(Object.entries(files)),
    tracked: tracked === undefined ? undefined : new Set(tracked),
  }
  return check.find({ project } as unknown as Patient)
}
