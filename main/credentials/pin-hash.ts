import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What is kept of a PIN. With the cost that it was made with, so that a later Tillside may ask for more. */
export const pinHashSchema = z.object({
  salt: z.base64(),
  hash: z.base64(),
  /** scrypt's N, r and p. The bounds keep a damaged entry from taking the computer's memory. */
  cost: z
    .int()
    .min(1024)
    .max(131_072)
    .refine((cost) => (cost & (cost - 1)) === 0),
  blockSize: z.int().min(1).max(16),
  parallel: z.int().min(1).max(4),
});

export type PinHash = z.output<typeof pinHashSchema>;

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** About 60 ms on a shop's computer, and 32 MiB. */
export const PIN_COST = 32_768;

export async function hashPin(pin: string, cost: number = PIN_COST): Promise<PinHash> {
  const salt = randomBytes(SALT_BYTES);
  const parts = { cost, blockSize: 8, parallel: 1 };
  const hash = await derive(pin, salt, parts);
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), ...parts };
}

export async function isPin(pin: string, { salt, hash, ...parts }: PinHash): Promise<boolean> {
  const known = Buffer.from(hash, 'base64');
  const asked = await derive(pin, Buffer.from(salt, 'base64'), parts);
  return known.length === asked.length && timingSafeEqual(known, asked);
}

function derive(pin: string, salt: Buffer, parts: Omit<PinHash, 'salt' | 'hash'>): Promise<Buffer> {
  const { cost: N, blockSize: r, parallel: p } = parts;
  // The limit that Node sets by itself is just what the usual cost needs, and not a byte more.
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r * p };
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** Four to eight digits. */
export function isPinShaped(pin: string): boolean {
  return /^[0-9]{4,8}$/.test(pin);
}

/** `0000`, `1212`, `1234`, `8765`, `890123`: what everybody tries first. */
export function isEasyPin(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10);
  const isRow = new Set(steps).size === 1;
  const isPair = [...pin].every((digit, index) => digit === pin[index % 2]);
  return isPair || (isRow && (steps[0] === 1 || steps[0] === 9));
}
