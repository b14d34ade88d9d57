import { basename, dirname, join } from 'node:path/posix'
import { type LayerName, layers } from './layers.js'
import { type Import, readImports } from './read-imports.js'

/** A module: its path from the top of the project (`src/run/run.ts`), and its text. */
export interface Module {
  path: string
  text: string
}

/** What a module does that its place does not allow, a sentence each. */
export function findViolations({ path, text }: Module): string[] {
  if (path === 'src/index.ts') return []
  const name = layerOf(path)
  if (name === undefined) return [`${path} is in none of the layers ${Object.keys(layers).join(', ')}`]
  return [
    ...readImports(text).flatMap((one) => findForbiddenImport(path, name, one)),
    ...findForbiddenText(path, name, text),
    ...findForbiddenName(path),
  ]
}

/** `'src/target/sqlite/apply.ts'` → `'target'`, `'src/errors.ts'` → `'errors'`. */
function layerOf(path: string): LayerName | undefined {
  const name = /^src\/(?:([^/]+)\/.+|([^/]+)\.ts)$/
    .exec(path)
    ?.slice(1)
    .find((part) => part !== undefined)
  return (Object.keys(layers) as LayerName[]).find((layer) => layer === name)
}

function findForbiddenImport(path: string, name: LayerName, { specifier, typeOnly }: Import): string[] {
  const { layers: below, types = [], packages } = layers[name]
  if (!specifier.startsWith('.')) {
    const allowed = packages.some((one) => startsWithPackage(specifier, one))
    return allowed
      ? []
      : [`${path} imports ${specifier}; ${name} may import ${packages.join(', ') || 'no package'}`]
  }

  const target = join(dirname(path), specifier).replace(/\.js$/, '.ts')
  const other = layerOf(target)
  if (other === name || (other !== undefined && below.includes(other))) return []
  if (other !== undefined && types.includes(other)) {
    return typeOnly ? [] : [`${path} imports ${target}; ${name} may import types alone from ${other}`]
  }
  return [`${path} imports ${target}; ${name} may import ${[...below, ...types].join(', ') || 'no layer'}`]
}

/** `drizzle-orm` covers `drizzle-orm/pg-core` and not `drizzle-orm-extra`; `node:` covers every builtin. */
function startsWithPackage(specifier: string, one: string): boolean {
  return specifier === one || specifier.startsWith(one.endsWith(':') ? one : `${one}/`)
}

function findForbiddenText(path: string, name: LayerName, text: string): string[] {
  const found: string[] = []
  const stream = /\bprocess\.(?:exit|stdout|stderr)\b/.exec(text)
  if (stream !== null && name !== 'cli') found.push(`${path} uses ${stream[0]}; only cli may`)

  const engine = /dialect\s*[!=]==?|(?:[!=]==?|case)\s*'(?:postgres|sqlite)'/.exec(text)
  if (engine !== null && name !== 'target')
    found.push(`${path} asks for the engine (${engine[0]}); only target may`)
  return found
}

function findForbiddenName(path: string): string[] {
  const file = basename(path, '.ts')
  if (file === 'index') return [`${path} is a barrel; src/index.ts is the only one`]
  if (/^(?:utils?|helpers?|common|misc|manager|service|types)$/.test(file))
    return [`${path} does not say what is in it`]
  return []
}
