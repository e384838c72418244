import { z } from 'zod';
import type { Till } from '../../core/location';
import { PosUnreachable } from '../provider';
import type { OdooLink } from './link';
import {
  companyRowSchema,
  currencyRowSchema,
  type PresetRow,
  paymentRowSchema,
  positionLineSchema,
  positionRowSchema,
  presetRowSchema,
  registerRowSchema,
  sessionSchema,
  type TaxRow,
  taxRowSchema,
} from './register-rows';
import { fieldsOf, type PaymentMethodRow } from './schemas';
import { idOf } from './survey-words';
import type { OdooVersion } from './version';

/** Which taxes take the place of a product's own. A tax that maps to nothing is charged no more. */
export type TaxMap = ReadonlyMap<number, readonly number[]>;

export type RegisterRow = z.output<typeof registerRowSchema>;

/** A register with all that an order's amounts and its form depend on. */
export interface Register {
  readonly version: OdooVersion;
  readonly row: RegisterRow;
  readonly company: z.output<typeof companyRowSchema>;
  readonly currency: z.output<typeof currencyRowSchema>;
  readonly paymentMethods: readonly PaymentMethodRow[];
  /** Those that the register offers; none before 19. */
  readonly presets: readonly PresetRow[];
  /** Of the register's company only: a product lists those of all. */
  readonly taxes: ReadonlyMap<number, TaxRow>;
  readonly positions: ReadonlyMap<number, TaxMap>;
  /** Decimals of a price on the till's screen. */
  readonly priceDecimals: number;
  /** What this server takes on an order, and on a line of one. */
  readonly orderFields: ReadonlySet<string>;
  readonly lineFields: ReadonlySet<string>;
}

/** The open session of a register; `null` while it is closed. */
export interface OpenSession {
  readonly id: number;
  /** Staff still have to confirm the opening: orders are taken, but they see them only after that. */
  readonly isOpening: boolean;
}

/**
 * What is known of the register. It hardly ever changes while its session is open, so that it is read once for each
 * session, and again when Odoo says that something of it is gone.
 */
export class RegisterBook {
  readonly #link: OdooLink;
  readonly #till: Pick<Till, 'storeId'>;
  #known: Promise<Register> | null = null;

  constructor(link: OdooLink, till: Pick<Till, 'storeId'>) {
    this.#link = link;
    this.#till = till;
  }

  /** As it was last read, or anew. @throws {PosUnreachable} */
  read(): Promise<Register> {
    if (this.#known === null) {
      const reading = readRegister(this.#link, this.#till.storeId);
      this.#known = reading;
      // What failed is read anew the next time.
      reading.catch(() => {
        if (this.#known === reading) this.#known = null;
      });
    }
    return this.#known;
  }

  /** Whether the register is open now: one request. @throws {PosUnreachable} */
  async readSession(): Promise<OpenSession | null> {
    const row = await readRegisterRow(this.#link, this.#till.storeId, sessionSchema);
    return sessionOf(row);
  }

  /** Something of it may have changed. */
  forget(): void {
    this.#known = null;
  }
}

export function sessionOf(
  row: Pick<RegisterRow, 'current_session_id' | 'current_session_state'>,
): OpenSession | null {
  const { current_session_id: id, current_session_state: state } = row;
  // One that is being closed takes no orders any more: Odoo would look for another one.
  if (id === null || state === 'closing_control' || state === 'closed') return null;
  return { id, isOpening: state === 'opening_control' };
}

async function readRegisterRow<Shape extends z.ZodRawShape>(
  link: OdooLink,
  storeId: string,
  schema: z.ZodObject<Shape>,
): Promise<z.output<z.ZodObject<Shape>>> {
  const id = idOf(storeId);
  const fields = await link.known('pos.config', fieldsOf(schema));
  const domain = [
    ['id', '=', id ?? 0],
    ['active', 'in', [true, false]],
  ];
  const [row] = id === null ? [] : await link.searchRead('pos.config', { domain, fields }, schema);
  if (row !== undefined) return row;
  throw new PosUnreachable({
    code: 'register',
    words: `Odoo has no point of sale ${storeId} for this company. A manager picks one in the set-up.`,
  });
}

async function readRegister(link: OdooLink, storeId: string): Promise<Register> {
  const version = await link.version();
  const row = await readRegisterRow(link, storeId, registerRowSchema);
  const companyId = row.company_id?.id ?? 0;
  const byId = (ids: readonly number[]) => [['id', 'in', ids]];
  const ofCompany = [['company_id', '=', companyId]];
  const read = async <Shape extends z.ZodRawShape>(
    model: string,
    schema: z.ZodObject<Shape>,
    domain: readonly unknown[],
  ) =>
    link.searchRead(
      model,
      { domain, fields: await link.known(model, fieldsOf(schema)), order: 'id' },
      schema,
    );

  const [
    companies,
    currencies,
    paymentMethods,
    presets,
    taxes,
    positions,
    priceDecimals,
    orderFields,
    lineFields,
  ] = await Promise.all([
    read('res.company', companyRowSchema, byId([companyId])),
    read('res.currency', currencyRowSchema, byId([row.currency_id?.id ?? 0])),
    read('pos.payment.method', paymentRowSchema, byId(row.payment_method_ids)),
    row.use_presets ? read('pos.preset', presetRowSchema, byId(presetIds(row))) : [],
    // A tax that is no longer used stays on products that were made with it.
    read('account.tax', taxRowSchema, [...ofCompany, ['active', 'in', [true, false]]]),
    readPositions(link, companyId),
    readPriceDecimals(link),
    link.fields('pos.order'),
    link.fields('pos.order.line'),
  ]);
  const [company] = companies;
  const [currency] = currencies;
  if (company === undefined || currency === undefined) {
    throw new PosUnreachable({
      code: 'company',
      words:
        'The key’s user may not work for the company of this point of sale. A manager checks it in Odoo.',
    });
  }
  return {
    version,
    row,
    company,
    currency,
    paymentMethods,
    presets,
    taxes: new Map(taxes.map((tax) => [tax.id, tax])),
    positions: positionsOf(
      positions,
      taxes.map(({ id }) => id),
      version,
    ),
    priceDecimals,
    orderFields,
    lineFields,
  };
}

function presetIds({ available_preset_ids: available, default_preset_id: byDefault }: RegisterRow): number[] {
  return byDefault === null ? [...available] : [...available, byDefault];
}

const precisionSchema = z.object({ id: z.number(), digits: z.number() });

/** Two, unless somebody has set more. */
async function readPriceDecimals(link: OdooLink): Promise<number> {
  const domain = [['name', '=', 'Product Price']];
  const rows = await link.searchRead('decimal.precision', { domain, fields: ['digits'] }, precisionSchema);
  return rows[0]?.digits ?? 2;
}

/** Since 18 a position shows its whole map; before, the map is rows of their own. */
async function readPositions(link: OdooLink, companyId: number): Promise<readonly Position[]> {
  const fields = await link.known('account.fiscal.position', fieldsOf(positionRowSchema));
  const domain = [['company_id', '=', companyId]];
  const rows = await link.searchRead('account.fiscal.position', { domain, fields }, positionRowSchema);
  if (rows.length === 0 || fields.includes('tax_map')) {
    return rows.map(({ id, tax_ids: ids, tax_map: map }) => ({ id, taxIds: ids, map: mapOf(map ?? {}) }));
  }
  const lines = await link.searchRead(
    'account.fiscal.position.tax',
    { domain: [['position_id', 'in', rows.map(({ id }) => id)]], fields: fieldsOf(positionLineSchema) },
    positionLineSchema,
  );
  return rows.map(({ id, tax_ids: ids }) => {
    const map = new Map<number, number[]>();
    for (const { position_id: position, tax_src_id: from, tax_dest_id: to } of lines) {
      if (position !== id || from === null) continue;
      map.set(from, [...(map.get(from) ?? []), ...(to === null ? [] : [to])]);
    }
    return { id, taxIds: ids, map };
  });
}

interface Position {
  readonly id: number;
  readonly taxIds: readonly number[];
  readonly map: TaxMap;
}

/** Since 19 a position without any tax takes all taxes away; before, it changes none. */
function positionsOf(
  positions: readonly Position[],
  taxIds: readonly number[],
  { major }: OdooVersion,
): ReadonlyMap<number, TaxMap> {
  const none: TaxMap = new Map(taxIds.map((id) => [id, []]));
  return new Map(
    positions.map(({ id, taxIds: own, map }) => [id, major >= 19 && own.length === 0 ? none : map]),
  );
}

function mapOf(map: Readonly<Record<string, readonly number[]>>): TaxMap {
  return new Map(Object.entries(map).map(([from, to]) => [Number(from), to]));
}
