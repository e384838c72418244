import { ORDERS } from './migrations/0001-orders';
import { OUTBOX } from './migrations/0002-outbox';

/** In order; a migration that was released is never edited. The schema's version is how many have run. */
export const MIGRATIONS: readonly string[] = [ORDERS, OUTBOX];
