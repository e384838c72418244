import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { documentSchema, parseOnlineOrder } from '../../../main/core/online-order';
import { CONTEXT } from '../../support/orders';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const api = parse(readFileSync('data/online-order.openapi.yaml', 'utf8')) as JsonObject;

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(path: string, from: Json = api): Json {
  return path
    .split('/')
    .reduce<Json>((value, step) => (isObject(value) ? (value[step] ?? null) : null), from);
}

/** Follows references and leaves only what decides whether a document is valid, in one way of writing it. */
function essence(value: Json): Json {
  if (Array.isArray(value)) return value.map(essence);
  if (!isObject(value)) return value;
  const { $ref, $schema, title, description, pattern, anyOf, properties, required, ...rest } = value;
  if (typeof $ref === 'string') return essence({ ...own(at($ref.replace('#/', ''))), ...rest });
  const plain = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, essence(inner)]));
  if (Array.isArray(anyOf)) return { ...nullable(anyOf), ...plain };
  return {
    ...plain,
    ...(isObject(properties) ? { properties: mapValues(properties) } : {}),
    ...(Array.isArray(required) ? { required: [...required].sort() } : {}),
  };
}

function own(value: Json): JsonObject {
  if (!isObject(value)) throw new Error('A reference leads nowhere.');
  return value;
}

/** `properties` holds names of ours: one of them may be called `title`. */
function mapValues(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, essence(schema)]));
}

/** `anyOf: [X, null]` is X whose type may also be null. */
function nullable([schema, nothing]: Json[]): JsonObject {
  expect(nothing).toEqual({ type: 'null' });
  const inner = own(essence(schema ?? null));
  return { ...inner, type: [inner.type ?? null, 'null'] };
}

describe('data/online-order.openapi.yaml', () => {
  it('says of the order document exactly what the app checks: fields, limits, defaults, what is required', () => {
    const checked = essence(JSON.parse(JSON.stringify(z.toJSONSchema(documentSchema, { io: 'input' }))));
    expect(essence({ $ref: '#/components/schemas/OnlineOrder' })).toEqual(checked);
    expect(Object.keys(own(at('components/schemas/OnlineOrder/properties')))).toEqual(Object.keys(AGREED));
  });

  it('describes every field that does not speak for itself, and the document', () => {
    const properties = own(at('components/schemas/OnlineOrder/properties'));
    for (const name of [
      'id',
      'number',
      'placed_at',
      'currency',
      'service',
      'requested_for',
      'total',
      'status',
      'revision',
    ]) {
      expect(at(`${name}/description`, properties), name).toEqual(expect.any(String));
    }
  });

  it('has examples that the app takes', () => {
    const examples = own(at('components/examples'));
    expect(Object.keys(examples)).toEqual(['pickup', 'delivery', 'cancellation']);
    for (const [name, example] of Object.entries(examples)) {
      expect(parseOnlineOrder(at('value', example), CONTEXT), name).toMatchObject({ ok: true });
    }
  });

  it('has the agreed sample, with every field in it', () => {
    expect(at('components/examples/pickup/value')).toEqual(AGREED);
  });

  it('names every answer of the relay', () => {
    const post = own(at('paths'))['/hooks/{location_id}/{channel}'] ?? null;
    const answers = Object.keys(own(at('post/responses', post)));
    expect(answers.sort()).toEqual(['202', '401', '404', '405', '413', '415', '422', '429', '500', '503']);
  });

  it('has no reference that leads nowhere', () => {
    const references = JSON.stringify(api).match(/"#\/[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) {
      expect(at(reference.slice(3, -1)), reference).not.toBeNull();
    }
  });
});

const AGREED = {
  id: 'web-10042',
  number: '10042',
  placed_at: '2026-11-22T18:05:00-04:00',
  currency: 'TTD',
  service: 'pickup',
  requested_for: null,
  table: null,
  customer: { name: 'Anil R.', phone: '+18685550101', note: '' },
  delivery: null,
  lines: [
    {
      sku: 'ROLL-SPICY-TUNA',
      name: 'Spicy tuna roll',
      quantity: 2,
      unit_price: 4500,
      modifiers: [{ name: 'Extra wasabi', price: 300, quantity: 1 }],
      note: 'no sesame',
    },
  ],
  discount: 0,
  tip: 0,
  tax: 0,
  tax_included: true,
  total: 9600,
  payment: { status: 'unpaid', method: 'cash', reference: null },
  status: 'placed',
  cancel_reason: null,
  revision: 0,
};
