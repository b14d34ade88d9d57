import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { once } from 'node:events'

/** Where the reference data lies: the sources of the project, and the same rows as COPY takes them. */
export interface ReferenceFiles {
  members: string
  copyTeams: string
  copyMembers: string
}

const teamCount = 1_000

/** Writes `records` members of about 350 bytes and their teams, the same on every machine. */
export async function writeReferenceData(folder: string, records: number): Promise<ReferenceFiles> {
  await mkdir(join(folder, 'data'), { recursive: true })
  const files = {
    members: join(folder, 'data/members.json'),
    copyTeams: join(folder, 'teams.copy'),
    copyMembers: join(folder, 'members.copy'),
  }
  const teams = Array.from({ length: teamCount }, (_, index) => ({
    id: uuid('team', index),
    slug: `team-${index}`,
  }))
  await writeFile(join(folder, 'data/teams.json'), JSON.stringify(teams))
  await writeFile(files.copyTeams, teams.map((team) => `${team.id}\t${team.slug}\n`).join(''))

  const source = createWriteStream(files.members)
  const copy = createWriteStream(files.copyMembers)
  source.write('[\n')
  for (let start = 0; start < records; start += 5_000) {
    const chunk = Array.from({ length: Math.min(5_000, records - start) }, (_, index) =>
      member(start + index),
    )
    const json = chunk.map((item) => JSON.stringify(item)).join(',\n')
    if (!source.write(start === 0 ? json : `,\n${json}`)) await once(source, 'drain')
    if (!copy.write(chunk.map(copyLine).join(''))) await once(copy, 'drain')
  }
  source.end('\n]\n')
  copy.end()
  await Promise.all([once(source, 'finish'), once(copy, 'finish')])
  return files
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

function copyLine({ id, email, handle, name, team, score, joined, profile }: Member): string {
  return `${[id, email, handle, name, team, score, joined, JSON.stringify(profile)].join('\t')}\n`
}

/** A UUID that looks random and is not: its order is that of a hash, as real ones have it. */
function uuid(kind: string, index: number): string {
  const hash = createHash('md5').update(`${kind} ${index}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}
