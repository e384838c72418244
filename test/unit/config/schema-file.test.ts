import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { locationsFileSchema } from '../../../main/core/location-schema';
import { GUIDE_LOCATION, GUIDE_OVERVIEW } from '../../support/guide-samples';

const DATA = resolve(__dirname, '../../../data');
const generated = z.toJSONSchema(locationsFileSchema, { io: 'input', unrepresentable: 'any' });

describe('data/locations.schema.json', () => {
  it('is what the loader checks (npx vitest run test/unit/config -u writes it)', async () => {
    await expect(`${JSON.stringify(generated, null, 2)}\n`).toMatchFileSnapshot(
      resolve(DATA, 'locations.schema.json'),
    );
  });

  it('says of each field what it is for', () => {
    const silent: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        if (key === 'properties') {
          for (const [name, property] of Object.entries(value)) {
            const described = typeof property === 'object' && property !== null && 'description' in property;
            if (!described) silent.push(`${path}.${name}`);
          }
        }
        visit(value, key === 'properties' ? path : `${path}.${key}`);
      }
    };
    visit(generated, '');
    expect(silent).toEqual([]);
  });

  const schema = z.fromJSONSchema(JSON.parse(readFileSync(resolve(DATA, 'locations.schema.json'), 'utf8')));
  const sample = readFileSync(resolve(DATA, 'locations.yaml'), 'utf8');

  it.each([
    ['the sample', sample],
    ['the guide’s overview', GUIDE_OVERVIEW],
    ['the guide’s new location', `locations:\n${GUIDE_LOCATION}`],
  ])('accepts %s', (_name, text) => {
    expect(schema.safeParse(parse(text)).error?.issues ?? []).toEqual([]);
  });

  it.each([
    ['a misspelt name', sample.replace('store_id:', 'stor_id:')],
    ['a wrong mode', sample.replace('mode: Auto', 'mode: auto')],
    ['a name left out', sample.replace('city:', 'x-city:')],
  ])('refuses %s', (_name, text) => {
    expect(schema.safeParse(parse(text)).success).toBe(false);
  });

  it('is named in the sample, so that editors find it', () => {
    expect(sample.split('\n')[0]).toBe('# yaml-language-server: $schema=./locations.schema.json');
  });
});
