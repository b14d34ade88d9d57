/** Legacy keys of rejected records. A second record of a key says nothing of the first. */
export function rejectedKeys(
  rejects: readonly { readonly legacyKey: string | null; readonly code: string }[],
): string[] {
  return rejects.flatMap(({ legacyKey, code }) =>
    legacyKey === null || code === 'duplicate_key' ? [] : [legacyKey],
  )
}
