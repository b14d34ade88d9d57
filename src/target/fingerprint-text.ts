/** Characters of the fingerprint of a mapped record, and of what stands for it as the source has it. */
export const fingerprintLength = 22

/**
 * What the ledger keeps as an entry's fingerprint: that of the mapped record, and after a blank what stands for the record as the
 * source has it (22 characters), with the id of what was noted of its enum values at its end, where there is any.
 * Without `source`, the former alone.
 */
export function joinFingerprint(fingerprint: string, source: string | undefined): string {
  return source === undefined ? fingerprint : `${fingerprint} ${source}`
}

/** The same without what stands for the source. */
export function withoutSource(fingerprint: string): string {
  return fingerprint.slice(0, fingerprintLength)
}
