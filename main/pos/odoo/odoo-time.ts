import { DateTime } from 'luxon';
import type { Ms } from '../../core/order';

/** UTC without a zone; Odoo refuses any other form (contract section 11). */
export function odooTime(at: Ms): string {
  return DateTime.fromMillis(at, { zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm:ss');
}
