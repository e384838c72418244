import { accountName, placeholderName, SECRET_FIELDS } from '../core/placeholders';
import type { LoadedLocation } from './load-locations';

/** One value that the set-up asks for. */
export interface SetupField {
  /** The variable: a secret's keychain account, or a plain setting's name. */
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly kind: 'secret' | 'plain';
  readonly required: boolean;
}

interface Wording {
  readonly label: string;
  readonly help: string;
  readonly required: boolean;
}

const TILL_FIELDS: Readonly<Record<string, Wording>> = {
  store_id: {
    label: 'Loyverse store ID',
    help: 'Loyverse Back Office → Settings → Stores: the last part of the store’s address in the browser.',
    required: true,
  },
  access_token: {
    label: 'Loyverse access token',
    help: 'Loyverse Back Office → Integrations → Access tokens → Add. Name it after this restaurant.',
    required: true,
  },
};

const CHANNEL_FIELDS: Readonly<Record<string, Wording>> = {
  webhook_secret: {
    label: 'Website: webhook secret',
    help: 'The website shows it beside the address that it sends orders to. It begins with whsec_.',
    required: true,
  },
  poll_token: {
    label: 'Website: polling token',
    help: 'With it this computer asks the website for orders. The website’s administrator has it.',
    required: true,
  },
  poll_url: {
    label: 'Website: address for polling',
    help: 'Where this computer asks for orders, such as https://omgsushi.example/api/orders.',
    required: false,
  },
};

/** What a location needs that is not in the file: its placeholders, as questions. Tills that are off ask nothing. */
export function setupFields({ id, raw }: LoadedLocation): SetupField[] {
  const tills = Object.values(raw.pos).filter((till) => till.enabled);
  const groups: [object, Readonly<Record<string, Wording>>][] = [
    ...tills.map((till): [object, typeof TILL_FIELDS] => [till, TILL_FIELDS]),
    ...Object.values(raw.channels).map((channel): [object, typeof CHANNEL_FIELDS] => [
      channel,
      CHANNEL_FIELDS,
    ]),
  ];
  const fields = groups.flatMap(([block, wordings]) =>
    Object.entries(block).flatMap(([field, value]): SetupField[] => {
      const name = typeof value === 'string' ? placeholderName(value) : undefined;
      const wording = wordings[field];
      if (name === undefined || wording === undefined) return [];
      return [
        { name: accountName(name, id), kind: SECRET_FIELDS.has(field) ? 'secret' : 'plain', ...wording },
      ];
    }),
  );
  return fields;
}
