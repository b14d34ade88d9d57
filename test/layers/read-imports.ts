export interface Import {
  /** As it is written: `../errors.js`, `node:fs`. */
  specifier: string
  /** Nothing of it is left when the program runs. */
  typeOnly: boolean
}

/** Everything that a module's text imports or exports from elsewhere: statically, by `import()`, by `require()`. */
export function readImports(text: string): Import[] {
  const code = text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  const statements = code.matchAll(/^\s*(?:import|export)\s+([\w\s{},*$]*?)(?:\bfrom\s+)?['"]([^'"]+)['"]/gm)
  const calls = code.matchAll(/\b(?:import|require)\(\s*['"`]([^'"`]+)['"`]/g)
  return [
    ...Array.from(statements, ([, what = '', specifier = '']) => ({
      specifier,
      typeOnly: namesTypesAlone(what),
    })),
    ...Array.from(calls, ([, specifier = '']) => ({ specifier, typeOnly: false })),
  ]
}

/** `'type { a }'` and `'{ type a, type b }'`, not `'{ type a, b }'` or `''`. */
function namesTypesAlone(what: string): boolean {
  if (/^type\s+[\w{*]/.test(what)) return true
  const names =
    /^\{([^}]*)\}\s*$/
      .exec(what)?.[1]
      ?.split(',')
      .filter((name) => name.trim() !== '') ?? []
  return names.length > 0 && names.every((name) => /^\s*type\s/.test(name))
}
