// Prints "N passed, N failed" (and ", N skipped") of vitest's JSON results; a test file that could not be loaded is one failed.
// node .ci/count-tests.mjs RESULTS FAILED_STEPS
import { readFileSync } from 'node:fs'

const [file, failedSteps] = process.argv.slice(2)
const results = readResults(file)
const brokenFiles = results.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)

const passed = results.numPassedTests
const failed = results.numFailedTests + brokenFiles.length + Number(failedSteps)
const skipped = results.numPendingTests + results.numTodoTests
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)

/** The tests may have ended before they wrote anything. */
function readResults(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return { testResults: [], numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
  }
}
