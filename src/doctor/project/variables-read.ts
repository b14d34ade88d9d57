import type { ProjectFiles } from '../check.js'
import { isTestFile } from './is-test-file.js'

/** `process.env.X` and `process.env['X']`; not in quotes, where it is told about, and not when it is set. */
const read =
  /(?<![\w$'"`])process\.env(?:\?)?(?:\.([A-Za-z_]\w*)|(?:\.)?\[\s*(['"`])([A-Za-z_]\w*)\2\s*\])(?!\w|\s*=(?!=))/g
/** `const { HOST, PORT: port = '80' } = process.env` */
const destructured = /\{([^{}]*)\}\s*=\s*process\.env\b(?![.[?])/g
/** The same of an `env` that is handed over. */
const handed =
  /(?<![\w$.'"`])env(?:\.([A-Z][A-Z0-9_]*)|\[\s*(['"`])([A-Z][A-Z0-9_]*)\2\s*\])(?!\w|\s*=(?!=))/g

const code = /\.[mc]?[jt]sx?$/
const ofCarryover = /(?:^|\/)(?:carryover\.config\.|pipelines\/)/

/** Environment variables that the code of a project reads, by name, with the first file that does. Tests are no part of it. */
export function variablesRead({ texts }: Pick<ProjectFiles, 'texts'>): Map<string, string> {
  const files = new Map<string, string>()
  for (const [path, text] of texts) {
    if (!code.test(path) || isTestFile(path)) continue
    for (const name of namesIn(path, withoutComments(text))) if (!files.has(name)) files.set(name, path)
  }
  return new Map([...files].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function namesIn(path: string, text: string): string[] {
  const patterns = ofCarryover.test(path) ? [read, handed] : [read]
  return [
    ...patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? match[3])),
    ...[...text.matchAll(destructured)].flatMap(([, names = '']) =>
      names.split(',').map((name) => /^\s*([A-Za-z_]\w*)/.exec(name)?.[1]),
    ),
  ].filter((name) => name !== undefined)
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1')
}
