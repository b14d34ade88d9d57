/**
 * The condition that the type of a column `a` of a table `c` can be changed: nothing depends on the column that `alter column … type`
 * refuses to change along. Source: https://www.postgresql.org/docs/current/catalog-pg-depend.html
 */
export const retypableSql = `
a.attinhcount = 0 and a.attgenerated = ''
and not exists (select from pg_partitioned_table y
                 where y.partrelid = c.oid and (a.attnum = any (y.partattrs::int2[]) or y.partexprs is not null))
and not exists (
  select from pg_depend u
   where u.refclassid = 'pg_class'::regclass and u.refobjid = c.oid and u.refobjsubid = a.attnum
     and (u.classid in ('pg_rewrite'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass, 'pg_proc'::regclass,
                        'pg_publication_rel'::regclass)
          or u.classid = 'pg_attrdef'::regclass
             and exists (select from pg_attrdef g join pg_attribute ga on ga.attrelid = g.adrelid and ga.attnum = g.adnum
                          where g.oid = u.objid and ga.attgenerated <> '')
          or u.classid = 'pg_class'::regclass
             and exists (select from pg_attribute ga
                          where ga.attrelid = u.objid and ga.attnum = u.objsubid and ga.attgenerated <> '')
          or u.classid = 'pg_class'::regclass
             and exists (select from pg_index x
                          where x.indexrelid = u.objid
                            and (x.indexprs is not null
                                 or pg_get_expr(x.indpred, x.indrelid) !~ '^\\(\\S+ IS (NOT )?NULL\\)$'))))`
