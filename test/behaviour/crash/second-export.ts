import { newOrder, newPerson, type Export } from './first-export.js'
import type { Seeded } from './seeded.js'

/**
 * What the old system wrote later: of the same things some are changed, some are gone, some are new; unique values have changed
 * hands in chains and in rings, far apart in the files; lines of orders stand in another order; what was bad may be good.
 */
export function secondExport(random: Seeded, first: Export): Export {
  const teams = first.teams.length
  const people = first.people.length
  const next = structuredClone(first)
  for (const team of next.teams) {
    if (random.chance(0.2)) team.name += ' II'
    if (random.chance(0.1)) team.lead = `p${random.whole(people) + 1}`
  }
  for (const person of next.people) {
    if (random.chance(0.2)) person.balance = `${random.whole(1_000)}.50`
    if (random.chance(0.1)) person.name += ' II'
    if (random.chance(0.1)) person.boss = `p${random.whole(people) + 1}`
    if (random.chance(0.05)) person.team = random.whole(teams) + 1
    if (person.state === 'ghosted' ? random.chance(0.5) : random.chance(0.01))
      person.state = person.state === 'ghosted' ? 'active' : 'ghosted'
  }
  for (const order of next.orders) {
    if (random.chance(0.2)) order.lines.reverse()
    if (random.chance(0.1)) order.lines = order.lines.slice(1)
    if (random.chance(0.1)) order.tags = [...order.tags, 'again']
    if (random.chance(0.1)) order.note += ' II'
    for (const line of order.lines) if (line.quantity === 0 && random.chance(0.5)) line.quantity = 1
  }
  next.badges = next.badges.filter(() => !random.chance(0.05))
  next.orders = next.orders.filter(() => !random.chance(0.05))
  next.people = next.people.filter(() => !random.chance(0.03))
  passOn(random, next.people, 'email', (person) => `${person.id}.new@example.org`)
  passOn(random, next.badges, 'slug', (badge) => `${badge.id}-new`)
  const more = <Item>(list: Item[], make: (no: number) => Item) => {
    const count = Math.round(list.length * 0.08)
    for (let no = 1; no <= count; no += 1) list.splice(random.whole(list.length), 0, make(no))
  }
  more(next.people, (no) => newPerson(random, `q${no}`, teams, people))
  more(next.orders, (no) => newOrder(random, `r${no}`, people))
  more(next.badges, (no) => ({ id: `c${no}`, slug: `new-badge-${no}`, holder: `q${no}` }))
  return next
}

/** In groups of two to five that stand anywhere, each takes the next one's value; the last one closes the ring or gets a fresh value. */
function passOn<Item extends object, Key extends keyof Item>(
  random: Seeded,
  items: Item[],
  key: Key,
  fresh: (item: Item) => Item[Key],
): void {
  const free = items.map((_, index) => index).filter(() => random.chance(0.05))
  while (free.length >= 5) {
    const group = Array.from({ length: 2 + random.whole(4) }, () => {
      return items[free.splice(random.whole(free.length), 1)[0] as number] as Item
    })
    const first = (group[0] as Item)[key]
    for (const [place, item] of group.entries()) {
      const next = group[place + 1]
      item[key] = next === undefined ? (random.chance(0.5) ? first : fresh(item)) : next[key]
    }
  }
}
