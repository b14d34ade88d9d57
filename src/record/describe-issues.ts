import type { z } from 'zod'

/** Every issue of a zod error in one line: `email: expected string, received null; name: Required`. No value is quoted. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  return issues
    .map((issue) => {
      const path = issue.path.map(String).join('.')
      // A class of our own is a number to whoever wrote the source.
      const message = issue.message
        .replace(/^Invalid input: /, '')
        .replace(/received WrittenNumber$/, 'received number')
      return path === '' ? message : `${path}: ${message}`
    })
    .join('; ')
}
