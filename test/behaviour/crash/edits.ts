/** What people did in the application after the first export was imported: statements for both engines, ids of rows by what they show. */
export const edits: readonly string[] = [
  `update people set name = name || ' (by hand)' where email like 'p%3@example.org'`,
  `update people set balance = 1 where email like 'p%07@example.org'`,
  `update orders set note = 'by hand' where no like 'o%5'`,
  `update order_lines set quantity = 77 where order_id in (select id from orders where no like 'o%9') and sku = 'egg'`,
  `delete from badges where slug like 'badge-%8'`,
  `delete from order_tags where order_id in (select id from orders where no like 'o%41')`,
  `insert into order_lines (order_id, sku, position, quantity) select id, 'by-hand', 9, 1 from orders where no like 'o%77'`,
  // Those that the second export brings with the same address.
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (no) => `insert into people (id, email, name, status, team_id)
             values ('00000000-0000-4000-8000-00000000000${no}', 'q${no}@example.org', 'Signed up', 'active', ${no})`,
  ),
]
