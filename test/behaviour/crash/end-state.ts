import type { Row } from '../ground.js'
import type { CrashDatabase } from './crash-database.js'

/** All that the target and the ledger hold, as lines in an order that is always the same; what the database numbers is left out. */
export type EndState = Record<string, readonly string[]>

/** Reads the target tables by their natural keys, and the ledger without runs, steps and numbered rows. */
export async function endState(database: CrashDatabase): Promise<EndState> {
  const records = database.ledger('records')
  const texts: Record<string, string> = {
    teams: 'select id, slug, name, lead_id from teams',
    people: `select id, email, handle, name, status, team_id, boss_id, balance, joined_at, deleted_at is not null as gone
               from people`,
    badges: 'select id, slug, holder_id from badges',
    orders: 'select no, person_id, note from orders',
    lines: 'select o.no, sku, position, quantity from order_lines l join orders o on o.id = l.order_id',
    tags: 'select o.no, tag from order_tags t join orders o on o.id = t.order_id',
    // What stands for the source is for the speed of later runs: it does not say what was applied.
    entries: `select pipeline, legacy_key, target, substr(fingerprint, 1, 22) as fingerprint, role, parent_key, made,
                     case when pipeline like 'orders%' then null else row_key end as row_key
                from ${records}`,
    'rows of orders': `select legacy_key, o.no from ${records} r
                         left join orders o on o.id = cast(r.row_key as integer) where pipeline = 'orders'`,
    'rows of lines': `select legacy_key, o.no, l.sku from ${records} r
                        left join order_lines l on l.id = cast(r.row_key as integer)
                        left join orders o on o.id = l.order_id where pipeline = 'orders/lines'`,
    rejects: `select pipeline, legacy_key, place, code, column_name, message, closed_run_id is null as open
                from ${database.ledger('rejects')}`,
  }
  const state: EndState = {}
  for (const [name, sql] of Object.entries(texts)) {
    state[name] = (await database.query(sql)).map(lineOf).toSorted()
  }
  return state
}

function lineOf(row: Row): string {
  return JSON.stringify(row)
}

/** What one state has and the other has not, at most ten lines a table; empty when they are alike. */
export function stateDifference(expected: EndState, found: EndState): Record<string, readonly string[]> {
  const differences: Record<string, readonly string[]> = {}
  for (const [name, lines] of Object.entries(expected)) {
    const other = found[name] ?? []
    if (lines.length === other.length && lines.every((line, index) => line === other[index])) continue
    const [wanted, there] = [new Set(lines), new Set(other)]
    differences[name] = [
      ...lines
        .filter((line) => !there.has(line))
        .slice(0, 5)
        .map((line) => `- ${line}`),
      ...other
        .filter((line) => !wanted.has(line))
        .slice(0, 5)
        .map((line) => `+ ${line}`),
    ]
  }
  return differences
}
