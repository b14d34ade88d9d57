const index = (count: number): number[] => Array.from({ length: count }, (_, number) => number)
const two = (number: number): string => String(number).padStart(2, '0')

const categories = [
  // A record may come before the one it refers to.
  { id: 3, name: 'Novels', parent_id: 1 },
  { id: 1, name: 'Books', parent_id: null },
  { id: 2, name: 'Music', parent_id: null },
  { id: 4, name: 'Poetry', parent_id: 3 },
  { id: 5, name: 'Jazz', parent_id: 2 },
]

const products = index(40).map((number) => ({
  sku: `SKU-${100 + number}`,
  category_id: (number % 5) + 1,
  title: `Title ${number}: it's "fine"`,
  price: number % 2 === 0 ? number + 0.5 : `${number}.90`,
  stock: number % 3 === 0 ? String(number) : number,
  class: ['A', 'B', 'a', 'C'][number % 4],
  'my field': number % 5 === 0 ? null : `x${number}`,
  日本: `値${number}`,
  'a.b': number,
  id: `old-${number}`,
  constructor: `c${number}`,
  enableRLS: true,
  "x'; drop table products; --": number,
  never: null,
  released: `${two((number % 28) + 1)}.03.2019`,
  active: number % 2 === 0 ? 'N' : 'Y',
  seen: 1_577_836_800 + number,
  // Put in as a number of its own below: JavaScript cannot hold it.
  big: number === 3 ? '@big' : number,
  tags: ['x'],
  dims: { w: number, h: 2 },
}))

const orders = index(60).map((number) => ({
  _id: { $oid: `5f${String(number).padStart(22, '0')}` },
  product: `SKU-${100 + (number % 41)}`,
  placed: { $date: `2020-01-${two((number % 28) + 1)}T10:00:00Z` },
  total: number % 4 === 0 ? '' : `${number}.25`,
  day: number % 6 === 0 ? '' : `2020-02-${two((number % 28) + 1)}`,
  due: `${two((number % 12) + 1)}/${two((number % 28) + 1)}/2020`,
  mailed: `Wed, ${two((number % 9) + 1)} Jan 2020 10:00:00 GMT`,
  rebate: [true, 'no', null][number % 3],
  lines: [{ sku: `SKU-${100 + (number % 40)}`, n: 1 }],
}))

/** A document of an old shop: three lists, integer ids, money, dates of all kinds, names that are none. */
export const shopDocument: string = JSON.stringify({ made: 2020, shop: { categories, products, orders } })
  .replace('"@big"', '9007199254740993')
  .replaceAll('"constructor":', '"__proto__":{"evil":1},"constructor":')
