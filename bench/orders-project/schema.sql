create table customers (
  id    uuid primary key,
  email text not null constraint customers_email_unique unique
);
create table orders (
  id          uuid primary key,
  number      text not null constraint orders_number_unique unique,
  customer_id uuid not null constraint orders_customer_id_fk references customers (id),
  placed_at   timestamptz not null
);
create table lines (
  id       uuid primary key,
  order_id uuid not null constraint lines_order_id_fk references orders (id),
  sku      text not null,
  quantity integer not null,
  price    numeric(10, 2) not null,
  constraint lines_order_id_sku_unique unique (order_id, sku)
);
