import type { ForeignKey } from 'drizzle-orm/pg-core'
import { liveNameOf } from './declared-table.js'
import { quoteName } from './quote.js'
import type { TwinGround } from './twin-ground.js'

/** The foreign keys over such columns, to stand beside their column, or at the end of the table when they have several. */
export function twinForeignKeys(
  ground: TwinGround,
  isMeant: (columns: readonly string[]) => boolean,
): string[] {
  return ground.config.foreignKeys
    .filter((key) => isMeant(key.reference().columns.map((column) => column.name)))
    .map(foreignKeySql)
}

function foreignKeySql(key: ForeignKey): string {
  const { columns, foreignTable, foreignColumns } = key.reference()
  const parts = [
    `constraint ${quoteName(key.getName())}`,
    columns.length > 1 ? `foreign key ${namesOf(columns)}` : undefined,
    `references ${quoteName(liveNameOf(foreignTable))} ${namesOf(foreignColumns)}`,
    action('delete', key.onDelete),
    action('update', key.onUpdate),
  ]
  return parts.filter((part) => part !== undefined).join(' ')
}

function namesOf(columns: readonly { readonly name: string }[]): string {
  return `(${columns.map((column) => quoteName(column.name)).join(', ')})`
}

function action(event: string, what: string | undefined): string | undefined {
  return what === undefined || what === 'no action' ? undefined : `on ${event} ${what}`
}
