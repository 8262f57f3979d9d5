import type { Db } from './db.ts';

/**
 * A statement that is made once for each connection: putting the words of one together takes longer than sending it. Only for those
 * that are said many times a second.
 */
export function preparedOn<Statement>(make: (db: Db) => Statement): (db: Db) => Statement {
  const made = new WeakMap<Db, Statement>();
  return (db) => {
    const known = made.get(db);
    if (known !== undefined) return known;
    const statement = make(db);
    made.set(db, statement);
    return statement;
  };
}
