import { getTableColumns, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/** Rows of one statement, well under the 65,535 parameters that Postgres takes. */
const MOST_ROWS = 1_000;

/** The rows in portions that fit a statement each. */
export function portions<Row>(rows: readonly Row[]): Row[][] {
  const count = Math.ceil(rows.length / MOST_ROWS);
  return Array.from({ length: count }, (_, i) => rows.slice(i * MOST_ROWS, (i + 1) * MOST_ROWS));
}

/** For `onConflictDoUpdate`: these columns become what the new row says. */
export function newValues<Table extends PgTable>(
  table: Table,
  names: readonly (keyof Table['_']['columns'] & string)[],
): Record<string, SQL> {
  const columns = getTableColumns(table);
  return Object.fromEntries(
    names.flatMap((name) => {
      const column = columns[name];
      return column ? [[name, sql`excluded.${sql.identifier(column.name)}`]] : [];
    }),
  );
}

/** Rows for `jsonb_to_recordset`: one parameter, however many rows. */
export function asRecords(rows: readonly Readonly<Record<string, string | number | null>>[]): SQL {
  return sql`${JSON.stringify(rows)}::jsonb`;
}
