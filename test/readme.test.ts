import { readFileSync } from 'node:fs'
import { appendFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from './postgres/fresh-database.js'
import { fencedBlocks, tableRows } from './readme/fenced-blocks.js'
import { cloneProject, type Ended, newProject, runShell } from './readme/project-copies.js'
import { expected, keyText } from './sample/expected.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const blocks = fencedBlocks(readme)

/** Parts of commands that are not run here, and why. */
const notRun: Record<string, string> = {
  'npm ci': 'needs the network; the copies are linked to what it installed',
  'npm test': 'it is what runs this test',
  'npm install carryover drizzle-orm zod': 'needs the network; carryover is linked instead',
  'exec node server.js': 'the server is the reader’s',
}

const exampleUrl = 'postgres://user:password@host:5432/database'

const commands = blocks
  .filter((block) => block.language === 'sh')
  .flatMap(({ section, text }) => text.split('\n').map((line) => [runnable(line), section] as const))
  .filter(([command]) => command !== '')

/** A line of the README without the parts that are not run. */
function runnable(line: string): string {
  const parts = line.split(' && ')
  return parts.filter((part) => notRun[part] === undefined).join(' && ')
}

describe('the README', () => {
  let clone: string
  let project: string
  const ended = new Map<string, Ended>()
  beforeAll(async () => {
    clone = await cloneProject()
    await runShell('npm run build', clone)
    project = await newProject(
      clone,
      blocks.filter(
        ({ section, language }) => section.startsWith('Your own') && /^(ts|json)$/.test(language),
      ),
    )
  }, 120_000)
  afterAll(async () => {
    for (const directory of [project, clone]) await rm(directory, { recursive: true, force: true })
  })

  it.each(commands)(
    '`%s` under "%s" ends with exit code 0',
    { timeout: 120_000 },
    async (command, section) => {
      const inClone = /^(Try it|What comes out|Look at)/.test(section)
      const url = command.includes(exampleUrl) ? (await freshDatabase()).url : exampleUrl
      const end = await runShell(command.replace(exampleUrl, url), inClone ? clone : project)
      if (!ended.has(command)) ended.set(command, end)
      expect(end, end.stderr + end.stdout).toMatchObject({ exitCode: 0 })
    },
  )

  it('shows the report that the import prints', () => {
    const shown = blocks.find(({ section, language }) => section === 'Try it' && language === 'text')
    const printed = measured(ended.get('npm run import')?.stdout ?? '').split('\n')
    const lines = measured(shown?.text ?? 'no report').split('\n')
    expect(lines.filter((line) => line !== '…' && !printed.includes(line))).toEqual([])
  })

  it('shows what a check of the sample prints', () => {
    const shown = blocks.find(
      ({ section, language }) => section.startsWith('What comes out') && language === 'text',
    )
    const printed = (ended.get('node dist/cli/main.js check')?.stdout ?? '').split('\n')
    const lines = (shown?.text ?? 'no check').split('\n')
    expect(lines.filter((line) => line !== '…' && !printed.includes(line))).toEqual([])
  })

  it('shows what an inspection of the sample prints', () => {
    const shown = blocks.find(({ section, language }) => section.startsWith('Look') && language === 'text')
    const printed =
      [...ended].find(([command]) => command.includes(' inspect '))?.[1].stdout.split('\n') ?? []
    const lines = shown?.text.split('\n') ?? ['no report']
    expect(lines.filter((line) => line !== '…' && !printed.includes(line))).toEqual([])
  })

  it('shows where the time of a run went as it is printed', { timeout: 60_000 }, async () => {
    const inTime = blocks.filter(({ section }) => section === 'Where the time goes')
    const url = `DATABASE_URL=${(await freshDatabase()).url}`
    await runShell(`${url} node dist/cli/main.js migrate`, clone)
    const { stdout } = await runShell(`${url} node dist/cli/main.js run --profile --verbose`, clone)
    const printed = new Set(stdout.split('\n').map(shapeOfTime))
    const shown = inTime.find(({ language }) => language === 'text')?.text.split('\n') ?? ['no profile']
    expect(shown.filter((line) => !/^ +\d others /.test(line) && !printed.has(shapeOfTime(line)))).toEqual([])
  })

  it('names every stage that a run has', { timeout: 60_000 }, async () => {
    const { stdout } = await runShell('node dist/cli/main.js run --profile --json', clone)
    const { profile } = JSON.parse(stdout) as { profile: { stages: { stage: string }[] } }
    const named = tableRows(readme, ['stage', 'is', 'what helps']).flatMap(([stage]) =>
      [...(stage ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]),
    )
    expect(named).toEqual(expect.arrayContaining(profile.stages.map(({ stage }) => stage)))
  })

  it('lists the rejects that the sample has, each with its reason, and no other', () => {
    const rejects = expected
      .filter(({ outcome }) => outcome === 'rejected')
      .map(({ pipeline, key, code, column }) => [
        `\`${pipeline}\``,
        `\`${keyText(key)}\``,
        `\`${code}\`${column === undefined ? '' : ` in \`${column}\``}`,
      ])
    const listed = tableRows(readme, ['pipeline', 'record', 'reason', 'why']).map((row) => row.slice(0, 3))
    expect(new Set(listed)).toEqual(new Set(rejects))
  })

  it('is right that one reject more ends the import with exit code 4', async () => {
    await appendFile(
      join(clone, 'data-samples', 'agents.ndjson'),
      '{"agent_id": "nameless", "org": "default"}\n',
    )
    const { exitCode, stdout } = await runShell('node dist/cli/main.js run agents --json', clone)
    const { status, totals } = JSON.parse(stdout) as { status: string; totals: Record<string, number> }
    expect({ exitCode, status, inserted: totals['inserted'] }).toEqual({
      exitCode: 4,
      status: 'rejects',
      inserted: 0,
    })
  }, 60_000)

  it('shows a pipeline that compiles', async () => {
    const { compilerOptions } = JSON.parse(
      readFileSync(new URL('../tsconfig.json', import.meta.url), 'utf8'),
    ) as {
      compilerOptions: object
    }
    const tsconfig = { compilerOptions: { ...compilerOptions, paths: {} }, include: ['pipelines'] }
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(tsconfig))
    const end = await runShell('node node_modules/typescript/bin/tsc', project)
    expect(end).toMatchObject({ exitCode: 0, stdout: '' })
  })

  it('names every command, and no other', async () => {
    const { stdout } = await runShell('node dist/cli/main.js --help', clone)
    const [, listed = ''] = stdout.split('Commands:')
    const existing = [...listed.matchAll(/^ {2}([a-z]+)/gm)].map((match) => match[1])
    const named = tableRows(readme, ['command', 'does', 'options of its own']).map(
      ([command]) => /`(\w+)/.exec(command ?? '')?.[1],
    )
    expect(new Set([...named, 'help'])).toEqual(new Set(existing))
  })

  it('names every option of every command, and no other', async () => {
    const rows = tableRows(readme, ['command', 'does', 'options of its own'])
    const common = tableRows(readme, ['option of every command', 'does']).flatMap(([option]) =>
      optionsOf(option),
    )
    for (const [command, , own] of rows) {
      const name = /`(\w+)/.exec(command ?? '')?.[1] ?? ''
      const { stdout } = await runShell(`node dist/cli/main.js ${name} --help`, clone)
      const existing = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map((match) => match[1])
      expect(new Set([name, ...common, ...optionsOf(own)])).toEqual(new Set([name, ...existing]))
    }
  })

  it('gives the exit codes that the command line gives', async () => {
    const { stdout } = await runShell('node dist/cli/main.js run --help', clone)
    const [, listed = ''] = stdout.split('Exit codes:')
    const existing = [...listed.matchAll(/^ {2}([\d/]+) /gm)].map((match) => match[1])
    expect(existing).toEqual(
      expect.arrayContaining(tableRows(readme, ['exit code', 'means']).map(([code]) => code)),
    )
  })

  it('deploys with the commands that the example for Railway has', () => {
    const file = readFileSync(new URL('../.railway/railway.ts', import.meta.url), 'utf8')
    const [, carryover = ''] = /const carryover = '(.+)'/.exec(file) ?? []
    const example = file.replaceAll('${carryover}', carryover)
    const deploys = blocks.filter(({ section, language }) => section === 'In a deploy' && language === 'sh')
    expect(deploys).toHaveLength(2)
    for (const { text } of deploys) expect(example).toContain(text.trim())
  })

  it('names no environment variable that .env.example does not have, and of those that are no option every one', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
    const names = (text: string) =>
      new Set(text.match(/\b(?:CARRYOVER_[A-Z_]*[A-Z]|DATABASE_[A-Z_]*[A-Z]|NO_COLOR|FORCE_COLOR)\b/g))
    const [listed, told] = [names(example), names(readme)]
    expect([...told].filter((name) => !listed.has(name))).toEqual([])
    const options = new Set(
      [...optionsOf(readme)].map(
        (option) => `CARRYOVER_${option.slice(2).replaceAll('-', '_').toUpperCase()}`,
      ),
    )
    expect([...listed].filter((name) => !told.has(name) && !options.has(name))).toEqual([])
  })
})

function optionsOf(text: string | undefined): string[] {
  return text?.match(/(?<![\w-])--[a-z-]+/g) ?? []
}

/** A line of a profile without what is another each time: figures, the widths of columns, and which stage takes most. */
function shapeOfTime(line: string): string {
  return line
    .replace(/\d[\d,.]*( (ms|s|min|MB))?/g, 'n')
    .replace(/(?<=n +n % +)\S.*/, 'calls and waiting')
    .replace(/^ {2}\w+ +n {2}\S.*/, '  pipeline  n  stages')
    .replace(/ +/g, ' ')
}

/** A report without what is another each time: durations, versions and where the file lies. */
function measured(report: string): string {
  return report
    .replace(/, \S+\.sqlite$/m, ', the file')
    .replace(/\d+(\.\d+)? (ms|s)\b/g, 'some time')
    .replace(/\d+\.\d+(\.\d+)?/g, 'version')
}
