/** True for what only tests read: `test/users.ts`, `src/users.spec.ts`, `fixtures/key.ts`. */
export function isTestFile(path: string): boolean {
  return (
    /(?:^|\/)(?:tests?|__tests__|__mocks__|__fixtures__|fixtures?)\//.test(path) ||
    /\.(?:test|spec)\.[^/]+$/.test(path)
  )
}
