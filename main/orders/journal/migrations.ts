import { ORDERS } from './migrations/0001-orders';

/** In order; a migration that was released is never edited. The schema's version is how many have run. */
export const MIGRATIONS: readonly string[] = [ORDERS];
