import type { Check } from '../check.js'
import { variablesRead } from '../project/variables-read.js'

/** An environment variable that the code reads and no example of an environment lists. */
export const configUndocumented: Check = {
  code: 'config.undocumented',
  severity: 'warning',
  why: 'Whoever sets the project up elsewhere does not know of it, and hears of it from a run that fails.',
  isOffline: true,
  find: ({ project }) => {
    const variables = [...variablesRead(project)].filter(([name]) => !isOfPlatform(name))
    const examples = [...project.texts].filter(([path]) =>
      /(?:^|\/)\.env\.(?:example|sample|template)$/.test(path),
    )
    if (variables.length === 0) return []
    if (examples.length === 0) {
      return [
        {
          object: '.env.example',
          severity: 'info',
          message: 'There is no .env.example that lists the environment variables of the project.',
          hint: `Write one:\n${variables.map(([name]) => `${name}=`).join('\n')}`,
        },
      ]
    }
    const listed = examples.map(([, text]) => text).join('\n')
    return variables
      .filter(([name]) => !new RegExp(`\\b${name}\\b`).test(listed))
      .map(([name, file]) => ({
        object: name,
        message: `The code reads ${name}, and ${examples.map(([path]) => path).join(', ')} does not list it.`,
        hint: `Add the line:\n${name}=`,
        file,
      }))
  },
}

/** What the machine, the package manager or the place of the deploy sets. */
function isOfPlatform(name: string): boolean {
  return (
    /^(?:NODE_ENV|NODE_OPTIONS|PATH|HOME|USER|SHELL|PWD|LANG|TERM|TMPDIR|HOSTNAME|CI|PORT|TZ|VITEST)$/.test(
      name,
    ) || /^(?:RAILWAY|GITHUB|VERCEL|RENDER|npm)_/i.test(name)
  )
}
