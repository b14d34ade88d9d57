import { sequenceNotOwned } from '../../../src/doctor/checks/sequence-not-owned.js'
import { clinic } from '../clinic.js'

clinic(sequenceNotOwned, [
  {
    name: 'a default over a sequence that nobody owns',
    broken: `create sequence numbers; create table users (id bigint primary key default nextval('numbers'))`,
    sound: `create table users (id bigserial primary key); create sequence shared;
            create table a (no bigint default nextval('shared')); create table b (no bigint default nextval('shared'))`,
    objects: ['users.id'],
  },
  {
    name: 'a default that names its sequence as text',
    broken: `create sequence numbers; create table users (id bigint primary key default nextval(('numbers'::text)::regclass))`,
    sound: `create table users (id bigint primary key); create sequence numbers owned by users.id;
            alter table users alter id set default nextval('numbers'::text)`,
    objects: ['users.id'],
  },
])
