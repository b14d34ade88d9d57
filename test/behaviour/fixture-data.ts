/** Legacy data with something of everything: good records, duplicates, bad ones, references that lead nowhere. */
export const legacy = {
  organizations: [
    { id: 1, slug: 'default', name: 'Default' },
    { id: 'acme', slug: 'acme', name: 'Acme' },
    { id: 'acme-2', slug: 'acme', name: 'Acme again' },
  ],
  people: [
    {
      id: 1,
      email: 'ada@example.org',
      handle: 'Ada',
      org: 1,
      age: 36,
      balance: '10.5',
      joined: '2021-07-01 12:00',
    },
    { id: 2, email: 'ada@example.org' },
    { id: 2, email: 'other@example.org' },
    { id: 3, email: 'bob@example.org', handle: 'ADA' },
    { id: 4, email: 'cyd@example.org', org: 'nowhere' },
    { id: 5, email: 'dan@example.org', age: -1 },
    { id: 6, email: 'eve@example.org', nickname: 'much too long' },
    { id: 7, email: 7 },
    { id: 8, email: 'fay@example.org', org: 'acme', profile: { b: 1, a: [1, 2.5, 'ü'] } },
    { id: 9, email: 'gus@example.org', balance: 0.1, joined: '2021-03-04T05:06:07.123456Z' },
  ],
  tickets: [
    { id: 10, title: 'first', author: 1 },
    { id: 40, title: 'second', author: 8 },
    { id: 41, title: null },
  ],
}
