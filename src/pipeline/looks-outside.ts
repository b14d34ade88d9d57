/** Modules of Node that answer by what they are given alone. */
const closed = [
  'assert',
  'buffer',
  'crypto',
  'path',
  'punycode',
  'querystring',
  'string_decoder',
  'url',
  'util',
]

const builtins = [
  'child_process',
  'dns',
  'fs',
  'http',
  'http2',
  'https',
  'module',
  'net',
  'os',
  'perf_hooks',
  'process',
  'readline',
  'tls',
  'timers',
  'vm',
  'worker_threads',
]

const other = new RegExp(
  `['"](?:node:(?!(?:${closed.join('|')})\\b)|(?:${builtins.join('|')})(?:/\\w+)?['"])`,
)

const globals =
  /\bprocess\s*[.[?]|\bglobalThis\b|\bimport\.meta\b|\bfetch\s*\(|\bWebSocket\b|\bDate\s*\.\s*now\b|\bnew\s+Date\b(?!\s*\(\s*[^\s)])|\bDate\s*\(\s*\)|\bMath\s*\.\s*random\b|\brandom(?:UUID|Bytes|Int|FillSync)\b|\bgetRandomValues\b|\bperformance\b|\beval\b|\bFunction\s*\(/

/**
 * Whether a module may answer differently another time, as far as its text tells: it reads the clock, the environment, files, the
 * network or random numbers, or loads what does. In doubt, comments included, yes.
 */
export function looksOutside(text: string): boolean {
  return other.test(text) || globals.test(text)
}
