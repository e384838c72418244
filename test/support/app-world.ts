import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../main/training/sandbox';
import { startWebsite, type Website } from '../../main/training/website';

/** The id of the restaurant in tests; one per world, so that worlds do not share keychain entries. */
export interface AppWorld {
  readonly locationId: string;
  readonly dataDir: string;
  /** Head office's file. */
  readonly locationsFile: string;
  readonly sandbox: Sandbox;
  readonly website: Website;
  readonly secrets: {
    readonly webhookSecret: string;
    readonly pollToken: string;
    /** The unguessable end of the till's webhook address. */
    readonly tillHookToken: string;
  };
  /** Each secret by its keychain account. */
  readonly accounts: Readonly<Record<string, string>>;
  /** For the app's process. */
  readonly env: Record<string, string>;
  /** What the operating system was asked to open, in order. */
  openedLinks(): readonly string[];
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly autoProcess?: boolean;
  /** As in the YAML: `2s`. */
  readonly fallbackAfter?: string;
  readonly environment?: 'development' | 'staging' | 'production';
  /** When an order that is not paid yet goes into the till; by default once it is accepted. */
  readonly bookUnpaid?: 'accept' | 'handover';
  /** An ordering site that rings its orders up in the till; the till then tells of them by webhook, too. */
  readonly orderingSite?: string;
  /** Leave the secrets out of the environment: somebody enters them. */
  readonly withoutSecrets?: boolean;
  readonly items?: number;
  /** A name to be seen in pictures; without one each world has its own. */
  readonly locationId?: string;
  /** A register of an Odoo server in the place of the sandbox. */
  readonly odoo?: WorldRegister;
  /** WhatsApp's own app is installed on this computer. */
  readonly whatsappApp?: boolean;
  /** The register's address and ids are no part of the file: somebody enters them. */
  readonly odooEntered?: boolean;
  /** Leave the poll address out: orders come by webhook only. */
  readonly withoutPolling?: boolean;
}

export interface WorldRegister {
  readonly url: string;
  readonly database: string;
  readonly key: string;
  readonly userId: number;
  readonly companyId: number;
  readonly registerId: number;
  readonly partnerId: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** A till, a website, a configuration, an empty data folder and a recording `xdg-open`: all an app needs to run. */
export async function createWorld(options: WorldOptions = {}): Promise<AppWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-world-'));
  const locationId = options.locationId ?? `T${randomBytes(4).toString('hex').toUpperCase()}`;
  const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
  const pollToken = randomBytes(12).toString('hex');
  const token = randomBytes(12).toString('hex');
  const tillHookToken = randomBytes(12).toString('hex');
  const [sandbox, website] = await Promise.all([
    startSandbox({ token, seed: 1, ...(options.items === undefined ? {} : { items: options.items }) }),
    startWebsite({ webhookSecret, pollToken }),
  ]);
  const dataDir = join(folder, 'data');
  const links = join(folder, 'links.txt');
  const locations = join(folder, 'locations.yaml');
  writeFileSync(locations, locationsYaml(locationId, sandbox, website, options));
  writeFileSync(links, '');
  recordingXdgOpen(join(folder, 'bin'), options.whatsappApp ?? false);

  const accounts = {
    ...(options.odoo === undefined
      ? { [`LOYVERSE_ACCESS_TOKEN_${locationId}`]: token }
      : { [`ODOO_API_KEY_${locationId}`]: options.odoo.key }),
    [`WEB_WEBHOOK_SECRET_${locationId}`]: webhookSecret,
    [`WEB_POLL_TOKEN_${locationId}`]: pollToken,
    ...(options.orderingSite === undefined
      ? {}
      : { [`LOYVERSE_WEBHOOK_SECRET_${locationId}`]: tillHookToken }),
  };
  return {
    locationId,
    dataDir,
    locationsFile: locations,
    sandbox,
    website,
    secrets: { webhookSecret, pollToken, tillHookToken },
    accounts,
    env: {
      ...inherited(),
      PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}`,
      TILLSIDE_ENV: options.environment ?? 'development',
      TILLSIDE_DATA_DIR: dataDir,
      TILLSIDE_LOCATIONS: locations,
      TILLSIDE_RELAY_PORT: '0',
      TILLSIDE_TEST_LINKS: links,
      ...(options.withoutSecrets ? {} : { TILLSIDE_LOCATION: locationId, ...accounts }),
    },
    openedLinks: () => readFileSync(links, 'utf8').split('\n').filter(Boolean),
    close: async () => {
      await Promise.all([sandbox.close(), website.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function locationsYaml(id: string, sandbox: Sandbox, website: Website, options: WorldOptions): string {
  return `locations:
  - address: "1 Test Street"
    city: "Port of Spain"
    island: "Trinidad"
    phone: 18685550100
    whatsapp: 18685550100
    orderingtables: ["Table 1", "Table 2"]
${options.odoo === undefined ? '' : `    currency: ${options.odoo.currency}\n`}    pos:
${tillBlock(id, sandbox, options)}        sync_menu: true
        auto_process_orders: ${options.autoProcess ?? false}
        fallback_to_whatsapp: true
        fallback_after: ${options.fallbackAfter ?? '45s'}
${options.orderingSite === undefined ? '' : orderedThrough(options.orderingSite, id)}${options.bookUnpaid === undefined ? '' : bookedWhen(options.bookUnpaid)}    channels:
      web:
        webhook_secret: "{{ env \`WEB_WEBHOOK_SECRET_${id}\` }}"
${options.withoutPolling ? '' : `        poll_url: "${website.pollUrl}"\n`}        poll_token: "{{ env \`WEB_POLL_TOKEN_${id}\` }}"
        status_url: "${website.statusUrl}"
        rate_limit: 0
    opening_hours:
      mode: Open
`;
}

function tillBlock(id: string, sandbox: Sandbox, { odoo, odooEntered = false }: WorldOptions): string {
  if (odoo === undefined) return loyverseTill(id, sandbox);
  return odooEntered ? `      odoo:\n        enabled: true\n        provider: "odoo"\n` : odooTill(odoo);
}

function loyverseTill(id: string, { storeId, url }: Sandbox): string {
  return `      loyverse:
        enabled: true
        provider: "loyverse"
        store_id: "${storeId}"
        access_token: "{{ env \`LOYVERSE_ACCESS_TOKEN_${id}\` }}"
        api_url: "${url}"
`;
}

function odooTill({ url, database, userId, companyId, registerId, partnerId }: WorldRegister): string {
  return `      odoo:
        enabled: true
        provider: "odoo"
        api_url: "${url}"
        database: "${database}"
        company_id: "${companyId}"
        pos_config_id: "${registerId}"
        partner_id: "${partnerId}"
        user_id: "${userId}"
`;
}

function orderedThrough(site: string, id: string): string {
  return `        order_sources: ["${site}"]
        webhook_secret: "{{ env \`LOYVERSE_WEBHOOK_SECRET_${id}\` }}"
`;
}

function bookedWhen(bookUnpaid: NonNullable<WorldOptions['bookUnpaid']>): string {
  return `        book_unpaid: ${bookUnpaid}
        payment_types: { paid: Online, cash: Cash, card: Card }
`;
}

/** Electron opens links through \`xdg-open\` on the PATH; this one writes down what it is asked to open. */
function recordingXdgOpen(folder: string, whatsappApp: boolean): void {
  mkdirSync(folder, { recursive: true });
  const mode = 0o755;
  writeFileSync(join(folder, 'xdg-open'), '#!/bin/sh\nprintf "%s\\n" "$1" >> "$TILLSIDE_TEST_LINKS"\n', {
    mode,
  });
  // Electron asks it whose a link is.
  const answer = whatsappApp ? '#!/bin/sh\necho whatsapp.desktop\n' : '#!/bin/sh\nexit 0\n';
  writeFileSync(join(folder, 'xdg-mime'), answer, { mode });
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('TILLSIDE_') ? [] : [[name, value]],
    ),
  );
}
