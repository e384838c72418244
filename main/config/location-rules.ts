import { type HoursMistake, hoursMistakes } from '../core/hours-list';
import { ISLAND_NAMES, islandFacts, type Whereabouts, whereabouts } from '../core/islands';
import type { RawHours, RawLocation, RawTill } from '../core/location-schema';
import { WEEKDAYS } from '../core/opening-hours';
import { readPhone } from '../core/phone';
import { accountName, looksLikePlaceholder, placeholderName } from '../core/placeholders';
import { didYouMean } from './config-problem';
import { foundText } from './found-text';
import type { ProblemList, Report } from './problem-list';
import type { YamlPath } from './yaml-source';

/**
 * What a block of the right shape may still have wrong.
 * @param id the LOCATION_ID; empty when none is known.
 */
export function checkLocation(raw: RawLocation, id: string, path: YamlPath, problems: ProblemList): void {
  const { report } = problems;
  checkIsland(raw, path, report);
  checkPlace(raw, path, report);
  checkPhones(raw, path, report);
  checkHours(raw, path, problems);
  checkTills(raw, id, path, problems);
  checkChannels(raw, path, report);
}

function checkIsland({ island, timezone, currency }: RawLocation, path: YamlPath, report: Report): void {
  if (islandFacts(island) !== undefined || (timezone !== undefined && currency !== undefined)) return;
  const hint = didYouMean(island, ISLAND_NAMES);
  const found = foundText(island);
  report(
    [...path, 'island'],
    'error',
    `This island is not known here: ${found}.${hint === '' ? ' Add “timezone:” and “currency:”.' : hint}`,
    { found, expected: ISLAND_NAMES.join(', ') },
  );
}

const ELSEWHERE: Readonly<Record<Exclude<Whereabouts, 'there'>, string>> = {
  swapped: 'The two numbers are swapped: the latitude comes first.',
  east: 'West of Greenwich the second number begins with a minus.',
  elsewhere: 'Write the latitude first, then the longitude.',
};

function checkPlace({ latlon, island }: RawLocation, path: YamlPath, report: Report): void {
  const bounds = islandFacts(island)?.bounds;
  if (latlon === undefined || bounds === undefined) return;
  const where = whereabouts(latlon, bounds);
  if (where === 'there') return;
  const found = latlon.join(', ');
  const words = `The place ${found} is not on ${island}. ${ELSEWHERE[where]}`;
  report([...path, 'latlon'], 'warning', words, { found, expected: `a place on ${island}` });
}

function checkPhones(raw: RawLocation, path: YamlPath, report: Report): void {
  for (const field of ['phone', 'whatsapp'] as const) {
    const text = raw[field];
    if (text === undefined || looksLikePlaceholder(text)) continue;
    if (readPhone(text, islandFacts(raw.island)?.country) !== undefined) continue;
    const found = foundText(text);
    const words = `This is not a telephone number: ${found}. Write it like 18681234567.`;
    report([...path, field], 'error', words, { found, expected: 'a telephone number such as 18681234567' });
  }
}

const MISTAKES: Readonly<Record<HoursMistake['kind'], { severity: 'error' | 'warning'; words: string }>> = {
  no_close: { severity: 'error', words: 'This Open has no Close after it.' },
  no_open: { severity: 'error', words: 'This Close has no Open before it.' },
  overlap: { severity: 'warning', words: 'These hours run into others.' },
};

function checkHours({ opening_hours: hours }: RawLocation, path: YamlPath, problems: ProblemList): void {
  const { report } = problems;
  if (hours === undefined) {
    report(path, 'warning', 'There are no “opening_hours”: the store counts as always open.');
    return;
  }
  const place = [...path, 'opening_hours'];
  checkDates(hours, place, problems);
  if (hours.mode !== 'Auto') return;
  const missing = WEEKDAYS.filter((day) => hours[day] === undefined);
  if (missing.length > 0) {
    report(place, 'warning', `No hours for ${missing.join(', ')}: the store counts as closed then.`);
  }
  for (const mistake of hoursMistakes(hours)) {
    const { severity, words } = MISTAKES[mistake.kind];
    report([...place, ...mistake.place], severity, words);
  }
}

function checkDates({ special = [] }: RawHours, place: YamlPath, problems: ProblemList): void {
  const places = new Map<string, YamlPath>();
  special.forEach(({ date }, index) => {
    const path = [...place, 'special', index, 'date'];
    const first = places.get(date);
    if (first === undefined) {
      places.set(date, path);
      return;
    }
    const words = `The date ${date} stands in line ${problems.lineOf(first)} already. Remove one of them.`;
    problems.report(path, 'error', words, { found: date, expected: 'each date once' });
  });
}

/** Two blocks for one store of one account would put its orders in twice. */
function checkTills({ pos }: RawLocation, id: string, path: YamlPath, problems: ProblemList): void {
  const accounts = new Map<string, YamlPath>();
  for (const [key, till] of Object.entries(pos)) {
    if (!till.enabled) continue;
    const place = [...path, 'pos', key];
    const account = accountOf(till, id);
    const first = accounts.get(account);
    if (first === undefined) {
      accounts.set(account, place);
      continue;
    }
    const words = `This is the till of line ${problems.lineOf(first)} once more: store and token are the same. Give each one variables of its own.`;
    problems.report(place, 'warning', words);
  }
}

function accountOf(till: RawTill, id: string): string {
  const parts =
    till.provider === 'loyverse'
      ? [till.api_url, till.store_id, till.access_token]
      : [till.api_url, till.database, till.company_id, till.pos_config_id, till.api_key];
  return [till.provider, ...parts.map((part) => accountName(placeholderName(part) ?? part, id))].join('\n');
}

function checkChannels({ channels }: RawLocation, path: YamlPath, report: Report): void {
  for (const [name, channel] of Object.entries(channels)) {
    if (channel.webhook_secret !== undefined || channel.poll_url !== undefined) continue;
    const words = 'Neither “webhook_secret” nor “poll_url” is set: no order can come this way.';
    report([...path, 'channels', name], 'warning', words);
  }
}
