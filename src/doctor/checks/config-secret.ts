import type { Check, Found, ProjectFiles } from '../check.js'
import { findSecrets, isPlaceholder } from '../project/find-secrets.js'
import { isTestFile } from '../project/is-test-file.js'

/** A secret in a file that others get to see. */
export const configSecret: Check = {
  code: 'config.secret',
  severity: 'error',
  why: 'Whoever reads the repository, a fork or an old clone of it has it, and taking it out of the file does not take it back.',
  isOffline: true,
  find: ({ project }) =>
    [...project.texts]
      .filter(([path]) => isShared(project, path) && !isTestFile(path))
      .flatMap(([path, text]) =>
        isEnvironment(path) ? trackedEnvironment(path, text) : secretsIn(path, text),
      ),
}

/** Where nobody knows what is tracked, an environment is taken for one that is not. */
function isShared({ tracked }: ProjectFiles, path: string): boolean {
  return tracked === undefined ? !isEnvironment(path) : tracked.has(path)
}

/** `.env`, `.env.production`; not `.env.example`. */
function isEnvironment(path: string): boolean {
  return /(?:^|\/)\.env(?:\.(?:local|production|prod|staging)(?:\.local)?)?$/.test(path)
}

function secretsIn(path: string, text: string): Found[] {
  return findSecrets(text).map(({ line, kind }) => ({
    object: `${path}:${line}`,
    message: `Line ${line} of ${path} holds ${kind}.`,
    hint: 'Read it from the environment, and replace the secret itself: this one is known.',
    file: path,
  }))
}

function trackedEnvironment(path: string, text: string): Found[] {
  const values = [...text.matchAll(/^\s*(?:export\s+)?\w+\s*=[^\S\n]*(.*?)\s*$/gm)].map((match) =>
    (match[1] ?? '').replace(/^(['"])(.*)\1.*$/, '$2').replace(/(?:^|\s)#.*$/, ''),
  )
  if (values.every(isPlaceholder)) return []
  return [
    {
      object: path,
      message: `The version control knows ${path}, which has values.`,
      hint: `Take it out with \`git rm --cached ${path}\`, add it to .gitignore, and replace the secrets in it.`,
      file: path,
    },
  ]
}
