import type { RawTill } from '../core/location-schema';
import { accountName, placeholderName } from '../core/placeholders';
import { type BlockText, blockTexts } from './block-texts';
import type { LoadedLocation } from './load-locations';
import { type LocalChoices, NO_CHOICES } from './local-choices';
import { isPosApiUrl } from './resolve-location';

/** One value that the set-up asks for. */
export interface SetupField {
  /** The variable: a secret's keychain account, or a plain setting's name. */
  readonly name: string;
  /** The till or the channel that it belongs to, by its key in the YAML; `null` for the restaurant itself. */
  readonly part: string | null;
  /** The name in front of the placeholder: `store_id`. */
  readonly field: string;
  readonly label: string;
  readonly help: string;
  readonly kind: 'secret' | 'plain';
  readonly required: boolean;
  /** Nobody need type it: the till's test lists what there is, or Tillside makes it. */
  readonly unasked: boolean;
}

interface Wording {
  readonly label: string;
  readonly help: string;
  /** Nobody need type it: the till's test lists what there is, or Tillside makes it. */
  readonly unasked?: true;
}

const TILL_WORDINGS: Readonly<Record<RawTill['provider'], Readonly<Record<string, Wording>>>> = {
  loyverse: {
    store_id: {
      label: 'store ID',
      help: 'Loyverse Back Office → Settings → Stores: the last part of the store’s address in the browser.',
    },
    access_token: {
      label: 'access token',
      help: 'Loyverse Back Office → Integrations → Access tokens → Add. Name it after this restaurant.',
    },
    webhook_secret: {
      label: 'webhook token',
      help: 'The last part of the address that Loyverse sends its webhooks to. Not needed to begin.',
    },
  },
  odoo: {
    api_url: { label: 'address', help: 'Where Odoo runs, such as https://odoo.example.com.' },
    database: { label: 'database', help: 'Odoo’s login page names it when there are several.' },
    company_id: {
      label: 'company ID',
      help: 'The number of this restaurant’s company in Odoo.',
      unasked: true,
    },
    partner_id: {
      label: 'customer ID',
      help: 'The number of the customer that online orders are booked on.',
      unasked: true,
    },
    pos_config_id: {
      label: 'point of sale ID',
      help: 'The number of this restaurant’s point of sale in Odoo.',
      unasked: true,
    },
    user_id: {
      label: 'user ID',
      help: 'The login or the number of the user whose API key this is. From Odoo 19 on leave it empty: the key tells.',
    },
    api_key: { label: 'API key', help: 'Odoo → My profile → Account security → New API key.' },
    webhook_secret: {
      label: 'webhook token',
      help: 'The last part of the address that Odoo sends its webhooks to. Not needed to begin.',
      unasked: true,
    },
  },
};

const CHANNEL_WORDINGS: Readonly<Record<string, Wording>> = {
  webhook_secret: {
    label: 'webhook secret',
    help: 'The website shows it beside the address that it sends orders to. It begins with whsec_.',
  },
  poll_token: {
    label: 'polling token',
    help: 'With it this computer asks the website for orders. The website’s administrator has it.',
  },
  poll_url: {
    label: 'address for polling',
    help: 'Where this computer asks for orders, such as https://omgsushi.example/api/orders.',
  },
};

/**
 * What a location needs that is not in the file: its placeholders, as questions. Tills that are off ask nothing.
 * @param choices of this computer: they may switch a till on or off.
 * Every plain value without which `resolveLocation` cannot end is among the required ones.
 */
export function setupFields({ id, raw }: LoadedLocation, choices: LocalChoices = NO_CHOICES): SetupField[] {
  const { pos, channels, ...others } = raw;
  const fields = new Map<string, SetupField>();
  const ask = (
    text: BlockText,
    part: string | null,
    owner: string,
    wordings: Readonly<Record<string, Wording>>,
    required: boolean,
  ) => {
    const variable = placeholderName(text.value);
    if (variable === undefined) return;
    const name = accountName(variable, id);
    const {
      label,
      help,
      unasked = false,
    } = wordings[text.field] ?? {
      label: words(text.field),
      help: `Variable ${variable}.`,
    };
    const kind = text.secret ? 'secret' : 'plain';
    const both = required || fields.get(name)?.required === true;
    const { field } = text;
    fields.set(name, { name, part, field, label: `${owner}${label}`, help, kind, required: both, unasked });
  };

  for (const [key, till] of Object.entries(pos)) {
    if (!(choices.tills[key]?.enabled ?? till.enabled)) continue;
    for (const text of asAsked(blockTexts(till, []), TILL_WORDINGS[till.provider])) {
      const variable = placeholderName(text.value);
      // It has a default, and nobody who sets up a restaurant knows it.
      if (till.provider === 'loyverse' && variable !== undefined && isPosApiUrl(variable)) continue;
      ask(text, key, `${capitalised(key)} `, TILL_WORDINGS[till.provider], text.field !== 'webhook_secret');
    }
  }
  for (const [name, channel] of Object.entries(channels)) {
    const polls = channel.poll_url !== undefined && placeholderName(channel.poll_url) === undefined;
    for (const text of blockTexts(channel, [])) {
      if (text.field === 'status_url') continue;
      const required = text.field === 'webhook_secret' || (text.field === 'poll_token' && polls);
      ask(text, name, `${name === 'web' ? 'Website' : capitalised(name)}: `, CHANNEL_WORDINGS, required);
    }
  }
  for (const text of blockTexts(others, [])) {
    if (text.path[0] === 'delivery' || text.path[0] === 'subcategories') continue;
    ask(text, null, '', {}, true);
  }
  return [...fields.values()];
}

/** Where it is before what it wants to know; what can be left for later comes last. */
function asAsked(
  texts: readonly BlockText[],
  wordings: Readonly<Record<string, Wording>>,
): readonly BlockText[] {
  const asked = Object.keys(wordings);
  const place = ({ field }: BlockText): number => (asked.includes(field) ? asked.indexOf(field) : -1);
  return [...texts].sort((a, b) => place(a) - place(b));
}

function words(field: string): string {
  return field.replaceAll('_', ' ');
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
