import { ORDERS } from './migrations/0001-orders';
import { OUTBOX } from './migrations/0002-outbox';
import { ARCHIVE } from './migrations/0003-archive';
import { TICKETS } from './migrations/0004-tickets';
import { OUTBOX_BY_WEBSITE } from './migrations/0005-outbox-by-website';
import { SEARCH } from './migrations/0006-search';

/** In order; a migration that was released is never edited. The schema's version is how many have run. */
export const MIGRATIONS: readonly string[] = [ORDERS, OUTBOX, ARCHIVE, TICKETS, OUTBOX_BY_WEBSITE, SEARCH];
