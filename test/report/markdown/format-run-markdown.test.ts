import { expect, it } from 'vitest'
import { escapeMarkdown } from '../../../src/report/markdown/escape-markdown.js'
import { formatRunMarkdown } from '../../../src/report/markdown/format-run-markdown.js'
import { failedRun, firstRun, removingPlan, somePlan } from '../sample-reports.js'

it('a plan as Markdown', () => {
  expect(formatRunMarkdown(somePlan)).toMatchInlineSnapshot(`
    "## carryover plan

    **planned in 90 ms: 300 records, 10 to insert, 2 to update, 288 unchanged**

    On postgres 16.4, shop. Nothing was written.

    | pipeline | records | to insert | to update | unchanged | rows to write |
    | --- | ---: | ---: | ---: | ---: | ---: |
    | users | 300 | 10 | 2 | 288 | 12 |

    ### users

    300 records from data/users.json (1.3 MB)

    <details><summary><code>status</code>: 3 legacy values, <b>1 unknown value rejects 1 record</b></summary>

    | legacy value | records | becomes | how |
    | --- | ---: | --- | --- |
    | <code>limbo</code> | 1 | **rejected** | unknown |
    | <code>active</code> | 1,240 | <code>active</code> | exact |
    | <code>&lt;b&gt;on&lt;/b&gt;</code> | 30 | <code>active</code> | alias |

    </details>

    <details><summary><code>email\\_state</code>: 1 legacy value</summary>

    | legacy value | records | becomes | how |
    | --- | ---: | --- | --- |
    | <code>‹hidden›</code> | 5 | <code>‹hidden›</code> | fallback |

    </details>

    <details><summary>12 changes</summary>

    | record | column | from | to |
    | --- | --- | --- | --- |
    | insert <code>15</code> | <code>id</code> |  | <code>8f14e45f-ceea-567e-8a5c-1d2f0c7f2a10</code> |
    |  | <code>email</code> |  | <code>‹hidden›</code> |
    |  | <code>name</code> |  | <code>Ada Lovelace</code> |
    |  | <code>nickname</code> |  | <code>''</code> |
    | update <code>16</code> | <code>name</code> | <code>Grace</code> | <code>Grace Hopper</code> |
    |  | <code>email</code> | <code>‹hidden›</code> | <code>‹hidden›</code> |
    |  | <code>bio</code> | <code>…xxxxxxxxxxxxxxxold</code> | <code>…xxxxxxxxxxxxxxxnew</code> |
    |  | <code>phone</code> | <code>+41 44 000 00 00</code> | <code>null</code> |

    … and 10 more

    </details>
    "
  `)
})

it('a plan shows the rows that go', () => {
  expect(formatRunMarkdown(removingPlan)).toMatchInlineSnapshot(`
    "## carryover plan

    **planned in 90 ms: 300 records, 1 to update, 299 unchanged, 2 to remove**

    On postgres 16.4, shop. Nothing was written.

    | pipeline | records | to update | unchanged | to remove | rows to write |
    | --- | ---: | ---: | ---: | ---: | ---: |
    | users | 300 | 1 | 299 | 2 | 5 |

    ### users

    300 records from data/users.json (1.3 MB)

    <details><summary>5 changes</summary>

    | record | column | from | to |
    | --- | --- | --- | --- |
    | delete <code>\\["15","urgent"\\]</code> |  |  |  |
    | delete <code>16</code> |  |  |  |

    … and 3 more

    </details>
    "
  `)
})

it('a run as Markdown', () => {
  expect(formatRunMarkdown(firstRun)).toMatchInlineSnapshot(`
    "## carryover run 12

    **done in 1.2 s: 312 records, 297 inserted, 1 updated, 14 rejected (admitted)**

    On postgres 16.4, shop.

    | pipeline | records | inserted | updated | rejected | rows written |
    | --- | ---: | ---: | ---: | ---: | ---: |
    | organizations | 12 | 11 | 1 | 0 | 12 |
    | users | 300 | 286 | 0 | 14 | 286 |
    | **total** | **312** | **297** | **1** | **14** | **298** |

    ### organizations

    12 records from data/orgs.json (4.1 kB)

    - 1 unique key not matched on: not all columns provided, or left out by \`match\` (<code>organizations\\_vat\\_number\\_key</code>)

    ### users

    300 records from data/users.json (1.3 MB)

    - <code>status</code>: 3 values came by an alias (<code>enabled × 2</code>, <code>on</code>)
    - <code>status</code>: 2 unknown values took the fallback (<code>limbo × 2</code>)

    | rejected | records | for example | what to do |
    | --- | ---: | --- | --- |
    | <code>duplicate\\_key</code> | 13 | <code>15</code> at <code>data/users.json:/users/15</code>: the key was seen before, at /users/3 | Two records of the source have the same key, the first was taken. Remove one, or choose a \`key\` that tells them apart. |
    | <code>unknown\\_enum</code> in <code>plan</code> | 1 | <code>77</code> at <code>data/users.json:/users/76</code>: none of free, pro, team | Add the value to the enum, give it an alias (\`aliases\`), or declare a \`fallback\`. |

    **Sequences:** <code>users.id: unused → 15, next 16</code>

    **Verified:** outcomes add up, every entry has its row, values are as applied, references lead to rows, sequences are ahead of their columns.
    "
  `)
})

it('an error as Markdown', () => {
  expect(formatRunMarkdown(failedRun)).toContain(
    '> **error** <code>source.truncated</code>: data/users.json ends',
  )
})

it.each([
  ['a | b', 'a \\| b'],
  ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
  ['[a](javascript:x) *b* `c`', '\\[a\\](javascript:x) \\*b\\* \\`c\\`'],
  ['@team https://evil.example', '&#64;team https&#58;//evil.example'],
  ['line\nend &amp;', 'line end &amp;amp;'],
])('the text %j formats nothing', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped)
})
