import { relative, sep } from 'node:path'

/** A path as it reads on every machine: relative to a folder, with forward slashes, `../data/users.json`. */
export function portablePath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/')
}
