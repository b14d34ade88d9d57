import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How a file of members differs from the plain one. */
export interface Variant {
  readonly name: string
  /** Share of the members that have another name than in every other variant. */
  readonly changed?: number
  /** Share of the members that cannot go in, of five kinds in turn. */
  readonly bad?: number
  /** What stands between two members: other bytes, the same members. */
  readonly between?: string
}

const teamCount = 1_000
const atATime = 5_000

/** Teams and members as the project reads them, and as COPY takes them: `data/teams.json`, `teams.copy`, `members.copy`, `members.ndjson`. */
export async function writeMembers(folder: string, records: number): Promise<void> {
  await mkdir(join(folder, 'data'), { recursive: true })
  const teams = Array.from({ length: teamCount }, (_, index) => ({
    id: uuid('team', index),
    slug: `team-${index}`,
  }))
  await writeFile(join(folder, 'data/teams.json'), JSON.stringify(teams))
  await writeFile(join(folder, 'teams.copy'), teams.map((team) => `${team.id}\t${team.slug}\n`).join(''))
  await writeInChunks(join(folder, 'members.copy'), records, (index) => copyLine(member(index)))
  await writeInChunks(
    join(folder, 'members.ndjson'),
    records,
    (index) => `${JSON.stringify(member(index))}\n`,
  )
}

/** A JSON array of members in `variants/<name>.json`; answers its path. */
export async function writeVariant(folder: string, records: number, variant: Variant): Promise<string> {
  const { name, changed = 0, bad = 0, between = ',\n' } = variant
  await mkdir(join(folder, 'variants'), { recursive: true })
  const path = join(folder, 'variants', `${name}.json`)
  const isChanged = every(changed)
  const isBad = every(bad)
  let spoiled = 0
  await writeInChunks(
    path,
    records,
    (index) => {
      const plain = member(index)
      const own = isChanged(index) ? { ...plain, name: `${plain.name}, ${name}` } : plain
      const text = JSON.stringify(isBad(index) ? spoil(own, (spoiled += 1)) : own)
      return index === 0 ? text : between + text
    },
    ['[\n', '\n]\n'],
  )
  return path
}

/** How many of so many records a share is, as `writeVariant` spreads it. */
export function shareOf(records: number, share: number): number {
  return Array.from({ length: records }).reduce<number>(
    (sum, _, index) => sum + Number(every(share)(index)),
    0,
  )
}

/** `0.01` → true for one index in a hundred. */
function every(share: number): (index: number) => boolean {
  const step = share === 0 ? Number.POSITIVE_INFINITY : Math.round(1 / share)
  return (index) => index % step === step - 1
}

type Member = ReturnType<typeof member>

/** One member of about 350 bytes, always the same for an index. */
export function member(index: number) {
  const id = uuid('member', index)
  return {
    id,
    email: `member.${index}@${id.slice(0, 8)}.example.org`,
    handle: `${id.slice(9, 13)}-${index}`,
    name: `Member Number ${index} of the Reference`,
    team: uuid('team', index % teamCount),
    score: (index * 7919) % 100_000,
    joined: new Date(1_400_000_000_000 + index * 61_000).toISOString(),
    profile: {
      theme: index % 2 === 0 ? 'dark' : 'light',
      tags: [`t${index % 17}`, `t${index % 23}`],
      visits: index % 997,
    },
  }
}

/** Nothing where a name is needed, a number too great, an unknown team, no instant, somebody else's address. */
function spoil(plain: Member, turn: number): object {
  switch (turn % 5) {
    case 0:
      return { ...plain, name: null }
    case 1:
      return { ...plain, score: 9_000_000_000 }
    case 2:
      return { ...plain, team: uuid('nobody', turn) }
    case 3:
      return { ...plain, joined: 'some day in spring' }
    default:
      return { ...plain, email: member(0).email }
  }
}

function copyLine({ id, email, handle, name, team, score, joined, profile }: Member): string {
  return `${[id, email, handle, name, team, score, joined, JSON.stringify(profile)].join('\t')}\n`
}

/** A UUID that looks random and is not: its order is that of a hash, as real ones have it. */
export function uuid(kind: string, index: number): string {
  const hash = createHash('md5').update(`${kind} ${index}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

/** Writes what `textOf` makes of every index, some thousands at a time. */
export async function writeInChunks(
  path: string,
  records: number,
  textOf: (index: number) => string,
  [before, after]: readonly [string, string] = ['', ''],
): Promise<void> {
  const stream = createWriteStream(path)
  stream.write(before)
  for (let start = 0; start < records; start += atATime) {
    const length = Math.min(atATime, records - start)
    const text = Array.from({ length }, (_, index) => textOf(start + index)).join('')
    if (!stream.write(text)) await once(stream, 'drain')
  }
  stream.end(after)
  await once(stream, 'finish')
}
