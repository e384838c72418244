import { DateTime } from 'luxon';
import { placeholderName, SECRET_FIELDS } from '../../core/placeholders';
import type { YamlPath } from '../yaml-source';

/** One value that differs; `null` where it is not said at all. */
export interface LeafChange {
  /** Below the location. */
  readonly path: YamlPath;
  readonly was: readonly string[] | null;
  readonly is: readonly string[] | null;
}

/** A till's or a website's key, as people read it: `web` is the website. */
export function partName(key: string): string {
  return key === 'web' ? 'the website' : key.charAt(0).toUpperCase() + key.slice(1);
}

/** What a change means, without the location's name. */
export function leafWords(change: LeafChange): string {
  const [top, key] = change.path;
  switch (top) {
    case 'pos':
      return tillWords(change, partName(String(key)));
    case 'channels':
      return channelWords(change, partName(String(key)));
    case 'opening_hours':
      return hoursWords(change);
    case 'escalation':
      return changed(`the time until an unanswered order ${ESCALATION[String(key)] ?? key}`, seconds(change));
    case 'delivery':
      return changed(`the delivery link ${key}`, change);
    case 'orderingtables':
      return listWords('the tables', change);
    case 'subcategories':
      return listWords('what kind of place it is', change);
    default:
      return changed(LABELS[String(top)] ?? `“${change.path.join('.')}”`, change);
  }
}

const LABELS: Readonly<Record<string, string>> = {
  address: 'the address',
  city: 'the city',
  island: 'the island',
  latlon: 'the place on the map',
  phone: 'the telephone number',
  whatsapp: 'the WhatsApp number that takes orders when no till answers',
  timezone: 'the time zone',
  currency: 'the currency',
};

const ESCALATION: Readonly<Record<string, string>> = {
  louder: 'rings louder',
  full_screen: 'fills the screen',
  webhook: 'is told to the website',
  pause: 'pauses the store',
};

/** The switches of a till: what it means that they are on, or off. */
const SWITCHES: Readonly<Record<string, (till: string) => { readonly on: string; readonly off: string }>> = {
  enabled: (till) => ({
    on: `the till ${till} is now in use.`,
    off: `the till ${till} is no longer in use.`,
  }),
  auto_process_orders: (till) => ({
    on: `orders are now accepted by themselves (${till}).`,
    off: `orders now wait until a person accepts them (${till}).`,
  }),
  sync_menu: (till) => ({
    on: `the menu now follows ${till}.`,
    off: `the menu no longer follows ${till}.`,
  }),
  fallback_to_whatsapp: (till) => ({
    on: `orders now open in WhatsApp when ${till} does not answer.`,
    off: `orders no longer open in WhatsApp when ${till} does not answer.`,
  }),
};

const TILL_LABELS: Readonly<Record<string, string>> = {
  provider: 'kind',
  store_id: 'store ID',
  company_id: 'company ID',
  partner_id: 'customer ID',
  pos_config_id: 'point of sale ID',
  user_id: 'user ID',
  database: 'database',
  share: 'share of the orders in percent',
  fallback_after: 'time until WhatsApp takes over',
  payment_type: 'payment type',
  payment_method: 'payment method',
  employee: 'employee for online orders',
  discount: 'discount that website discounts are booked as',
  delivery_item: 'item that delivery fees are booked as',
  tip_item: 'item that tips are booked as',
};

function tillWords(change: LeafChange, till: string): string {
  const field = String(change.path[2]);
  const words = SWITCHES[field]?.(till);
  if (words !== undefined) return change.is?.[0] === 'true' ? words.on : words.off;
  if (SECRET_FIELDS.has(field)) return secretWords(change, `${till}’s ${SECRETS[field] ?? field}`);
  if (field === 'api_url') return addressWords(change, `${till}’s address`);
  if (field === 'book_unpaid') {
    const when = change.is?.[0] === 'handover' ? 'handed over' : 'accepted';
    return `orders that are not paid yet are now booked in ${till} when they are ${when}.`;
  }
  if (field === 'order_sources')
    return listWords(`the ordering sites whose orders come from ${till}`, change);
  if (field === 'payment_types') return changed(`${till}’s payment type (${change.path[3]})`, change);
  return changed(`${till}’s ${TILL_LABELS[field] ?? `“${field}”`}`, change);
}

function channelWords(change: LeafChange, channel: string): string {
  const field = String(change.path[2]);
  if (SECRET_FIELDS.has(field)) return secretWords(change, `${channel}’s ${SECRETS[field] ?? field}`);
  if (field === 'poll_url') return addressWords(change, `the address where ${channel} is asked for orders`);
  if (field === 'status_url')
    return addressWords(change, `the address where ${channel} is told what happens`);
  if (field === 'rate_limit') return changed(`the number of requests a minute from ${channel}`, change);
  return changed(`${channel}’s “${field}”`, change);
}

const SECRETS: Readonly<Record<string, string>> = {
  access_token: 'access token',
  api_key: 'API key',
  webhook_secret: 'webhook secret',
  poll_token: 'polling token',
};

/** The names of secrets only: the loader has refused values. */
function secretWords({ is }: LeafChange, label: string): string {
  if (is === null) return `${label} is no longer used.`;
  return `${label} is now ${is.join(', ')}. It must be entered on the restaurant’s computer.`;
}

/** A secret is bound to the scheme, host and port that it was tested against. */
function addressWords(change: LeafChange, label: string): string {
  const words = changed(label, change);
  const [was, is] = [origin(change.was), origin(change.is)];
  if (change.is === null || (was !== undefined && was === is)) return words;
  return `${words} A manager must confirm before the token is sent there.`;
}

function origin(texts: readonly string[] | null): string | undefined {
  const [text = ''] = texts ?? [];
  try {
    return new URL(text).origin;
  } catch {
    // A placeholder: nobody knows here what it stands for.
    return undefined;
  }
}

const DAYS: Readonly<Record<string, string>> = {
  mon: 'Mondays',
  tue: 'Tuesdays',
  wed: 'Wednesdays',
  thu: 'Thursdays',
  fri: 'Fridays',
  sat: 'Saturdays',
  sun: 'Sundays',
};

const MODES: Readonly<Record<string, string>> = {
  Auto: 'the opening hours now decide whether the store is open.',
  Open: 'the store is now always open, whatever the hours say.',
  Closed: 'the store is now closed, whatever the hours say.',
};

function hoursWords(change: LeafChange): string {
  const { path, is, was } = change;
  const [, day, date] = path;
  if (day === 'mode') return MODES[is?.[0] ?? 'Open'] ?? changed('the mode of the opening hours', change);
  if (day === 'special') {
    const when = DateTime.fromISO(String(date)).setLocale('en').toFormat('d LLLL yyyy');
    if (is === null) return `${when} is an ordinary day again.`;
    return `${when} now has its own hours: ${is.join(': ')}.`;
  }
  const now = is === null || is.length === 0 ? 'closed' : `open ${is.join(' and ')}`;
  const before = was === null || was.length === 0 ? 'closed' : was.join(' and ');
  return `on ${DAYS[String(day)] ?? day} the store is now ${now} (was ${before}).`;
}

function listWords(label: string, { was, is }: LeafChange): string {
  const added = (is ?? []).filter((item) => !was?.includes(item)).map(shown);
  const removed = (was ?? []).filter((item) => !is?.includes(item)).map(shown);
  if (added.length + removed.length === 0) return `${label} stand in another order.`;
  const parts = [
    ...(added.length === 0 ? [] : [`new: ${added.join(', ')}`]),
    ...(removed.length === 0 ? [] : [`gone: ${removed.join(', ')}`]),
  ];
  return `${label} changed (${parts.join('; ')}).`;
}

function changed(label: string, { was, is }: LeafChange): string {
  if (is === null) return `${label} is no longer set (was ${list(was)}).`;
  if (was === null) return `${label} is now ${list(is)}.`;
  return `${label} is now ${list(is)} (was ${list(was)}).`;
}

function seconds({ path, was, is }: LeafChange): LeafChange {
  const unit = (texts: readonly string[] | null) => texts?.map((text) => `${text} s`) ?? null;
  return { path, was: unit(was), is: unit(is) };
}

function list(texts: readonly string[] | null): string {
  return texts === null || texts.length === 0 ? 'nothing' : texts.map(shown).join(', ');
}

/** A placeholder as people call it. */
function shown(text: string): string {
  const name = placeholderName(text);
  return name === undefined ? text : `what the variable ${name} says`;
}
