import Libsql from 'libsql';
import { CIPHER } from '../../main/orders/journal/database';

/** The page that the index of the orders' ids begins with in the journal at `path`, from 0: each order that comes needs it. */
export function indexPage(path: string, key: string): number {
  const db = new Libsql(path, { encryptionKey: key, encryptionCipher: CIPHER } as Libsql.Options);
  const [row] = db
    .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_orders_1'")
    .all() as { rootpage: number }[];
  db.close();
  if (row === undefined) throw new Error('The journal has no such index.');
  return row.rootpage - 1;
}
