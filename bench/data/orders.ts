import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { uuid, writeInChunks } from './members.js'

/** Orders of each customer. */
const perCustomer = 20

/** Customers and orders with two or three lines each, as the project reads them and as COPY takes their rows. */
export async function writeOrders(folder: string, records: number): Promise<void> {
  await mkdir(join(folder, 'data'), { recursive: true })
  const customers = Math.max(1, Math.floor(records / perCustomer))
  const array = ['[\n', '\n]\n'] as const
  const comma = (index: number) => (index === 0 ? '' : ',\n')
  await writeInChunks(
    join(folder, 'data/customers.json'),
    customers,
    (index) => comma(index) + JSON.stringify(customer(index)),
    array,
  )
  await writeInChunks(join(folder, 'customers.copy'), customers, (index) => {
    const { id, email } = customer(index)
    return `${id}\t${email}\n`
  })
  const orderOf = (index: number) => order(index, customers)
  await writeInChunks(
    join(folder, 'data/orders.json'),
    records,
    (index) => comma(index) + JSON.stringify(orderOf(index)),
    array,
  )
  await writeInChunks(join(folder, 'orders.copy'), records, (index) => {
    const { id, number, customer: owner, placed } = orderOf(index)
    return `${id}\t${number}\t${owner}\t${placed}\n`
  })
  await writeInChunks(join(folder, 'lines.copy'), records, (index) => {
    const { id: orderId, lines } = orderOf(index)
    return lines
      .map(({ id, sku, quantity, price }) => `${id}\t${orderId}\t${sku}\t${quantity}\t${price}\n`)
      .join('')
  })
}

function customer(index: number) {
  return { id: uuid('customer', index), email: `customer.${index}@example.org` }
}

function order(index: number, customers: number) {
  return {
    id: uuid('order', index),
    number: `O-${String(index).padStart(9, '0')}`,
    customer: uuid('customer', (index * 7919) % customers),
    placed: new Date(1_500_000_000_000 + index * 61_000).toISOString(),
    lines: Array.from({ length: 2 + (index % 2) }, (_, at) => ({
      id: uuid('line', index * 3 + at),
      sku: `sku-${(index * 31 + at * 17) % 5_000}`,
      quantity: 1 + ((index + at) % 9),
      price: `${(index * 37) % 500}.${String((index * 13) % 100).padStart(2, '0')}`,
    })),
  }
}
