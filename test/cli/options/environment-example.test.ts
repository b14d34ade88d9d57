import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { cli } from '../run-in-process.js'

const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')
const listed = new Set(example.match(/^[A-Z_]+(?==)/gm))

/** Those that the library reads under another name, or that are asked for on the command line alone. */
const without = new Set(['--database', '--help', '--version'])

it('.env.example lists every variable once', () => {
  const names = example.match(/^(?:# )?[A-Z_]+(?==)/gm)?.map((name) => name.replace('# ', '')) ?? []
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

it('.env.example lists the variables of libpq that the connection is made with', () => {
  for (const name of ['PGSSLMODE', 'PGSSLROOTCERT', 'PGSSLCERT', 'PGSSLKEY'])
    expect(example).toMatch(new RegExp(`^# ${name}=$`, 'm'))
})

it('.env.example lists the variable of every option, and none of an option that is gone', async () => {
  const commands = (await cli('--help')).stdout.match(/(?<=^ {2})[a-z]+(?= )/gm) ?? []
  expect(commands).toContain('doctor')
  const variables = new Set<string>()
  for (const command of commands.filter((name) => name !== 'help')) {
    const { stdout } = await cli(`${command} --help`)
    for (const [option] of stdout.matchAll(/(?<=^ {2}(?:-\w, )?)--[a-z-]+/gm)) {
      if (!without.has(option)) variables.add(variableOf(command, option))
    }
  }
  expect([...variables].filter((name) => !listed.has(name))).toEqual([])
  const others = [...listed].filter((name) => name.startsWith('CARRYOVER_') && !variables.has(name))
  expect(others.filter((name) => !/^CARRYOVER_(TEST_|DATABASE_URL$|ENVIRONMENT$)/.test(name))).toEqual([])
})

/** Those that mean something else than the same flag of another command have its name. */
function variableOf(command: string, option: string): string {
  const isOwn = ['doctor --sql', 'doctor --format', 'doctor --schema', 'sequences --schema'].includes(
    `${command} ${option}`,
  )
  return `CARRYOVER_${`${isOwn ? `${command}-` : ''}${option.slice(2)}`.replaceAll('-', '_').toUpperCase()}`
}
