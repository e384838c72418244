import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { generateOrder } from '../../main/training/order-generator';
import { TRAINING_MENU } from '../../main/training/training-menu';
import type { HookMessage } from './hook-client';

const KINDS = [
  'replayed',
  'altered',
  'forged',
  'unsigned',
  'stale',
  'from the future',
  'other secret in a list',
  'not JSON',
  'cut short',
  'wrong shape',
  'deeply nested',
  'poisoned keys',
  'wrong total',
  'wrong currency',
  'not text',
  'wrong type',
  'packed',
  'wrong method',
  'another channel',
  'too large',
] as const;
export type ForgeryKind = (typeof KINDS)[number];

/** A message that the website really sent. */
export type Genuine = HookMessage;

/** The large ones would measure the line and nothing else. */
const LARGE_ONE_IN = 20;
const TOO_LARGE = 300 * 1024;

/** Makes up messages that must not become orders. */
export class Forger {
  readonly #random: () => number;
  readonly #webhook: Webhook;
  readonly #other = new Webhook(randomBytes(24).toString('base64'));
  #made = 0;

  /** @param secret the channel's own: what is malformed is signed well, so that it gets as far as it can */
  constructor(random: () => number, secret: string) {
    this.#random = random;
    this.#webhook = new Webhook(secret);
  }

  genuine(body: string): Genuine {
    return this.#signed(body);
  }

  next(captured: readonly Genuine[]): HookMessage & { readonly kind: ForgeryKind } {
    this.#made += 1;
    const wanted = this.#pick(KINDS);
    const kind = wanted === 'too large' && this.#random() > 1 / LARGE_ONE_IN ? 'forged' : wanted;
    return { ...this.#make(kind, this.#pick(captured)), kind };
  }

  #make(kind: ForgeryKind, captured: Genuine): HookMessage {
    const order = this.#order();
    const text = JSON.stringify(order);
    switch (kind) {
      case 'replayed':
        return captured;
      case 'altered':
        return { ...captured, body: Buffer.from(text) };
      case 'forged':
        return this.#signed(text, { webhook: this.#other });
      case 'unsigned':
        return { ...this.#signed(text), headers: { 'content-type': 'application/json' } };
      case 'stale':
        return this.#signed(text, { ageS: 301 + this.#random() * 1e6 });
      case 'from the future':
        return this.#signed(text, { ageS: -301 - this.#random() * 1e6 });
      case 'other secret in a list': {
        const { headers, ...rest } = this.#signed(text, { webhook: this.#other });
        const signature = headers['webhook-signature'] ?? '';
        return {
          ...rest,
          headers: { ...headers, 'webhook-signature': `v1,AAAA ${signature} v1a,${signature}` },
        };
      }
      case 'not JSON':
        return this.#signed(`<order>${this.#random()}</order>`);
      case 'cut short':
        return this.#signed(text.slice(0, Math.floor(this.#random() * (text.length - 1))));
      case 'wrong shape':
        return this.#signed(JSON.stringify({ ...order, [this.#pick(Object.keys(order))]: this.#random() }));
      case 'deeply nested':
        return this.#signed(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
      case 'poisoned keys':
        return this.#signed(`{"__proto__":{"total":1},"constructor":{"prototype":{"id":"x"}},"id":"x"}`);
      case 'wrong total':
        return this.#signed(JSON.stringify({ ...order, total: -1 - Math.floor(this.#random() * 1e6) }));
      case 'wrong currency':
        return this.#signed(JSON.stringify({ ...order, currency: 'XXX' }));
      case 'not text':
        return this.#signed(JSON.stringify({ ...order, lines: [{ name: null, quantity: 1e308 }] }));
      case 'wrong type':
        return this.#with(text, { 'content-type': 'text/plain' });
      case 'packed':
        return this.#with(text, { 'content-encoding': 'gzip' });
      case 'wrong method':
        return { ...this.#signed(text), method: 'PUT' };
      case 'another channel':
        return { ...this.#signed(text), suffix: `-${this.#made}` };
      case 'too large':
        return this.#signed(text.padEnd(TOO_LARGE));
    }
  }

  #order(): Record<string, unknown> {
    return generateOrder(this.#random, TRAINING_MENU, {
      now: Date.now(),
      number: 900_000 + this.#made,
      tables: ['Table 1', 'Table 2'],
    });
  }

  #with(text: string, headers: Readonly<Record<string, string>>): HookMessage {
    const signed = this.#signed(text);
    return { ...signed, headers: { ...signed.headers, ...headers } };
  }

  #signed(text: string, { webhook = this.#webhook, ageS = 0 } = {}): HookMessage {
    const id = `msg_forger_${this.#made}_${Math.floor(this.#random() * 1e9)}`;
    const at = new Date(Date.now() - ageS * 1_000);
    return {
      method: 'POST',
      suffix: '',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': webhook.sign(id, at, text),
      },
      body: Buffer.from(text),
    };
  }

  #pick<T>(choices: readonly T[]): T {
    const choice = choices[Math.floor(this.#random() * choices.length)];
    if (choice === undefined) throw new Error('There is nothing to choose from.');
    return choice;
  }
}
