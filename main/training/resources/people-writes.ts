import { z } from 'zod';
import type { Customer, PosDevice, Supplier } from '../account-rows';
import { notFound } from '../refusal';
import {
  type AccountWrite,
  accountWrite,
  changed,
  id,
  needed,
  required,
  stamps,
  text,
} from './account-write';

const customerSchema = z.object({
  id,
  name: required(64),
  email: text(100),
  phone_number: text(15),
  address: text(192),
  city: text(64),
  region: text(64),
  postal_code: text(20),
  country_code: text(2),
  customer_code: text(40),
  note: text(255),
});

const supplierSchema = z.object({
  id,
  name: required(64),
  contact: text(64),
  email: text(100),
  phone_number: text(40),
  note: text(255),
});

const deviceSchema = z.object({ id, name: required(64), store_id: z.string().optional() });

/** Customers, suppliers and tills. */
export const PEOPLE_WRITES: readonly AccountWrite[] = [
  accountWrite<Customer, z.output<typeof customerSchema>>('customers', {
    collection: ({ customers }) => customers,
    schema: customerSchema,
    // An e-mail address that exists updates its customer.
    same: (rows, { email }) =>
      email ? rows.find((row) => row.email === email && row.deleted_at === null) : undefined,
    row: (base, body, account, own) => ({
      ...own,
      name: needed(base?.name, body.name, 'object.name'),
      email: changed(base?.email, body.email, null),
      phone_number: changed(base?.phone_number, body.phone_number, null),
      address: changed(base?.address, body.address, null),
      city: changed(base?.city, body.city, null),
      region: changed(base?.region, body.region, null),
      postal_code: changed(base?.postal_code, body.postal_code, null),
      country_code: changed(base?.country_code, body.country_code, null),
      customer_code: changed(base?.customer_code, body.customer_code, null),
      note: changed(base?.note, body.note, null),
      first_visit: base?.first_visit ?? null,
      last_visit: base?.last_visit ?? null,
      total_visits: base?.total_visits ?? 0,
      total_spent: base?.total_spent ?? 0,
      total_points: base?.total_points ?? 0,
      permanent_deletion_at: null,
      ...stamps(base, account),
    }),
  }),
  accountWrite<Supplier, z.output<typeof supplierSchema>>('suppliers', {
    collection: ({ suppliers }) => suppliers,
    schema: supplierSchema,
    row: (base, body, account, own) => ({
      ...own,
      name: needed(base?.name, body.name, 'object.name'),
      contact: changed(base?.contact, body.contact, null),
      email: changed(base?.email, body.email, null),
      phone_number: changed(base?.phone_number, body.phone_number, null),
      note: changed(base?.note, body.note, null),
      ...stamps(base, account),
    }),
  }),
  accountWrite<PosDevice, z.output<typeof deviceSchema>>('pos_devices', {
    collection: ({ posDevices }) => posDevices,
    schema: deviceSchema,
    row: (base, body, account, own) => {
      const store_id = needed(base?.store_id, body.store_id, 'object.store_id');
      if (account.stores.get(store_id) === undefined) throw notFound(store_id, 'object.store_id');
      const name = needed(base?.name, body.name, 'object.name');
      return { ...own, name, store_id, activated: base?.activated ?? false };
    },
  }),
];
