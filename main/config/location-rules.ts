import { type HoursMistake, hoursMistakes } from '../core/hours-list';
import { ISLAND_NAMES, islandFacts } from '../core/islands';
import type { RawLocation } from '../core/location-schema';
import { WEEKDAYS } from '../core/opening-hours';
import { readPhone } from '../core/phone';
import { looksLikePlaceholder } from '../core/placeholders';
import { didYouMean } from './config-problem';
import type { Report } from './problem-list';
import type { YamlPath } from './yaml-source';

/** What a block of the right shape may still have wrong. */
export function checkLocation(raw: RawLocation, path: YamlPath, report: Report): void {
  checkIsland(raw, path, report);
  checkPhones(raw, path, report);
  checkHours(raw, path, report);
  checkChannels(raw, path, report);
}

function checkIsland({ island, timezone, currency }: RawLocation, path: YamlPath, report: Report): void {
  if (islandFacts(island) !== undefined || (timezone !== undefined && currency !== undefined)) return;
  const hint = didYouMean(island, ISLAND_NAMES);
  report(
    [...path, 'island'],
    'error',
    `This island is not known here.${hint === '' ? ' Add “timezone:” and “currency:”.' : hint}`,
  );
}

function checkPhones(raw: RawLocation, path: YamlPath, report: Report): void {
  for (const field of ['phone', 'whatsapp'] as const) {
    const text = raw[field];
    if (text === undefined || looksLikePlaceholder(text)) continue;
    if (readPhone(text, islandFacts(raw.island)?.country) === undefined) {
      report([...path, field], 'error', 'This is not a telephone number. Write it like 18681234567.');
    }
  }
}

const MISTAKES: Readonly<Record<HoursMistake['kind'], { severity: 'error' | 'warning'; words: string }>> = {
  no_close: { severity: 'error', words: 'This Open has no Close after it.' },
  no_open: { severity: 'error', words: 'This Close has no Open before it.' },
  overlap: { severity: 'warning', words: 'These hours run into others.' },
};

function checkHours({ opening_hours: hours }: RawLocation, path: YamlPath, report: Report): void {
  if (hours === undefined) {
    report(path, 'warning', 'There are no “opening_hours”: the store counts as always open.');
    return;
  }
  if (hours.mode !== 'Auto') return;
  const place = [...path, 'opening_hours'];
  const missing = WEEKDAYS.filter((day) => hours[day] === undefined);
  if (missing.length > 0) {
    report(place, 'warning', `No hours for ${missing.join(', ')}: the store counts as closed then.`);
  }
  for (const { day, index, kind } of hoursMistakes(hours)) {
    const { severity, words } = MISTAKES[kind];
    report([...place, day, index], severity, words);
  }
}

function checkChannels({ channels }: RawLocation, path: YamlPath, report: Report): void {
  for (const [name, channel] of Object.entries(channels)) {
    if (channel.webhook_secret !== undefined || channel.poll_url !== undefined) continue;
    const words = 'Neither “webhook_secret” nor “poll_url” is set: no order can come this way.';
    report([...path, 'channels', name], 'warning', words);
  }
}
