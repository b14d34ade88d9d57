import { DefinitionError } from '../../errors.js'

/** The step that means every element: of an array, or of an object whatever its keys. */
export const ANY_STEP = '*'

/**
 * The steps of a JSON Pointer (RFC 6901): `'/data/a~1b'` → `['data', 'a/b']`, `''` → `[]`.
 *
 * @throws DefinitionError when the text is no pointer
 */
export function parseJsonPointer(pointer: string): string[] {
  if (pointer === '') return []
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) {
    throw new DefinitionError(
      'source.at_invalid',
      `at: expected a JSON Pointer such as '/data/users', found ${JSON.stringify(pointer)}`,
      { hint: "Begin each step with '/'; write '~1' for a slash and '~0' for a tilde inside a name." },
    )
  }
  const steps = pointer.slice(1).split('/')
  // First ~1, then ~0, so that '~01' becomes '~1' and not '/' (RFC 6901, section 4).
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The pointer of these steps, as a user would write it. */
export function formatJsonPointer(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
