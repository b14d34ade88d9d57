import type { Seeded } from './seeded.js'

/** What the old system wrote; the names of the lists are those of the pipelines. */
export interface Export {
  teams: { id: number; slug: string; name: string; lead: string | null }[]
  people: Person[]
  badges: { id: string; slug: string; holder: string | null }[]
  orders: Order[]
}

export interface Person {
  id: string
  email: string
  handle: string | null
  name: string
  state: string
  team: number
  boss: string | null
  balance: string
  joined: string
}

export interface Order {
  no: string
  person: string
  note: string
  lines: { sku: string; quantity: number }[]
  tags: string[]
}

/** An export of so many records in all; one in a hundred or so cannot be imported. */
export function firstExport(random: Seeded, records: number): Export {
  const some = (share: number, make: (no: number) => unknown) =>
    Array.from({ length: Math.round(records * share) }, (_, index) => make(index + 1)) as never
  const teams = Math.round(records / 10)
  const people = Math.round(records / 2)
  return {
    teams: some(0.1, (no) => ({
      id: no,
      slug: `team-${no}`,
      name: `Team ${no}`,
      lead: random.chance(0.5) ? `p${random.whole(people) + 1}` : null,
    })),
    people: some(0.5, (no) => newPerson(random, `p${no}`, teams, people)),
    badges: some(0.1, (no) => ({
      id: `b${no}`,
      slug: `badge-${no}`,
      holder: `p${random.whole(people) + 1}`,
    })),
    orders: some(0.3, (no) => newOrder(random, `o${no}`, people)),
  }
}

/** A person whose boss comes earlier or later in the file, so that there are circles. */
export function newPerson(random: Seeded, id: string, teams: number, people: number): Person {
  return {
    id,
    email: `${id}@example.org`,
    handle: random.chance(0.7) ? `Handle-${id}` : null,
    name: `Person ${id}`,
    state: random.chance(0.01) ? 'ghosted' : random.pick(['active', 'Active', 'invited', 'gone']),
    team: random.whole(teams) + 1,
    boss: random.chance(0.6) ? `p${random.whole(people) + 1}` : null,
    balance: `${random.whole(100_000)}.${10 + random.whole(90)}`,
    joined: new Date(Date.UTC(2015, 0, 1) + random.whole(100_000) * 60_000).toISOString(),
  }
}

/** An order with up to four lines; one in a hundred breaks a check. */
export function newOrder(random: Seeded, no: string, people: number): Order {
  const skus = ['ale', 'bun', 'cod', 'dip', 'egg'].filter(() => random.chance(0.6))
  return {
    no,
    person: `p${random.whole(people) + 1}`,
    note: `note of ${no}`,
    lines: skus.map((sku) => ({ sku, quantity: random.chance(0.003) ? 0 : 1 + random.whole(9) })),
    tags: ['new', 'paid', 'late'].filter(() => random.chance(0.3)),
  }
}
