import { execFile } from 'node:child_process'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** An authority, what it has signed, and an authority that has signed nothing; each the path of a file in PEM form. */
export interface Certificates {
  authority: string
  otherAuthority: string
  /** Of the server, for the host `localhost` alone. */
  server: { cert: string; key: string }
  client: { cert: string; key: string }
  remove(): Promise<void>
}

/** Makes certificates with the program `openssl`; `owner` gets the files, since a server reads no key of somebody else's. */
export async function makeCertificates(owner: number | undefined): Promise<Certificates> {
  const dir = await mkdtemp(join(owner === undefined ? tmpdir() : '/tmp', 'carryover-certificates-'))
  const openssl = (...args: string[]) => execute('openssl', args, { cwd: dir })
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '2']
  for (const name of ['authority', 'other'])
    await openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
      '-subj',
      `/CN=${name}`,
    )
  const sign = async (name: string, ...extensions: string[]) => {
    const by = ['-CA', 'authority.crt', '-CAkey', 'authority.key']
    const as = ['-keyout', `${name}.key`, '-out', `${name}.crt`, '-subj', `/CN=${name}`]
    await openssl('req', '-x509', ...key, ...by, ...as, ...extensions)
    if (owner !== undefined) await chown(join(dir, `${name}.key`), owner, owner)
    return { cert: join(dir, `${name}.crt`), key: join(dir, `${name}.key`) }
  }
  const leaf = ['-addext', 'basicConstraints=critical,CA:false']
  const server = await sign('localhost', ...leaf, '-addext', 'subjectAltName=DNS:localhost')
  const client = await sign('postgres', ...leaf)
  if (owner !== undefined) await chown(dir, owner, owner)
  return {
    authority: join(dir, 'authority.crt'),
    otherAuthority: join(dir, 'other.crt'),
    server,
    client,
    remove: () => rm(dir, { recursive: true, force: true }),
  }
}
