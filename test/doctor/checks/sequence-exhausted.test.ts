import { sequenceExhausted } from '../../../src/doctor/checks/sequence-exhausted.js'
import { clinic } from '../clinic.js'

clinic(sequenceExhausted, [
  {
    name: 'a sequence near its end',
    broken: `create table users (id serial primary key); select setval('users_id_seq', 2000000000)`,
    sound: `create table users (id serial primary key); select setval('users_id_seq', 1000000000);
            create table posts (id bigserial primary key); select setval('posts_id_seq', 2000000000)`,
    objects: ['users.id'],
  },
  {
    name: 'a column that is narrower than its sequence',
    broken: `create sequence wide; create table users (id integer primary key default nextval('wide')); alter sequence wide owned by users.id;
             select setval('wide', 1900000000)`,
    sound: `create table users (id integer primary key generated always as identity (maxvalue 10 cycle)); select setval('users_id_seq', 9)`,
    objects: ['users.id'],
  },
])
