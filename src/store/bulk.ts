import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { Placeholder, SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { toJson } from './columns.ts';
import type { Db } from './db.ts';

type Name<Table extends PgTable> = keyof Table['_']['columns'] & string;

/** What happens to a row whose primary key is there already: these columns take the new values. */
export interface Upsert<Table extends PgTable> {
  readonly target: Name<Table>;
  readonly set: readonly Name<Table>[];
}

/**
 * Inserts rows in their order, all with the same columns, in one statement with one parameter: a thousand cost little more than one.
 * Columns that they do not name get their defaults.
 */
export async function insertRows<Table extends PgTable>(
  db: Db,
  table: Table,
  rows: readonly Partial<Table['$inferInsert']>[],
  upsert?: Upsert<Table>,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const named = Object.entries(getTableColumns(table)).filter(([name]) => name in first);
  const names = sql.raw(named.map(([, column]) => `"${column.name}"`).join(', '));
  const types = sql.raw(named.map(([, column]) => `"${column.name}" ${column.getSQLType()}`).join(', '));
  const values = toJson(rows.map((row) => valuesOf(row, named)));
  await db.execute(sql`insert into ${sql.identifier(getTableName(table))} (${names})
    select ${names} from jsonb_to_recordset(${values}::jsonb) as rows(${types}) ${onConflict(table, upsert)}`);
}

type NamedColumns = readonly (readonly [string, { readonly name: string }])[];

function valuesOf(
  row: Readonly<Record<string, unknown>>,
  named: NamedColumns,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(named.map(([name, column]) => [column.name, row[name]]));
}

function onConflict<Table extends PgTable>(table: Table, upsert: Upsert<Table> | undefined): SQL {
  if (!upsert) return sql``;
  const columns: Readonly<Record<string, { readonly name: string }>> = getTableColumns(table);
  const quoted = (name: string) => `"${columns[name]?.name ?? name}"`;
  const set = upsert.set.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ');
  return sql.raw(`on conflict (${quoted(upsert.target)}) do update set ${set}`);
}

/** Rows for `jsonb_to_recordset`: one parameter, however many rows. */
export function asRecords(rows: readonly Readonly<Record<string, string | number | null>>[]): SQL {
  return sql`${toJson(rows)}::jsonb`;
}

/** Whether a column is one of these texts: one parameter, however many, and an index is used whatever the planner believes. */
export function isAnyOf(column: PgColumn, texts: readonly string[]): SQL {
  return sql`${column} = any(array(select jsonb_array_elements_text(${toJson(texts)}::jsonb)))`;
}

/** Whether a column is one of these numbers. */
export function isAnyNumber(column: PgColumn, numbers: readonly number[]): SQL {
  return isOneOf(column, toJson(numbers));
}

/** Whether a column is one of the numbers of a JSON list, or of one that is given when a prepared statement is said. */
export function isOneOf(column: PgColumn, list: string | Placeholder): SQL {
  return sql`${column} = any(array(select jsonb_array_elements(${list}::jsonb)::int))`;
}
