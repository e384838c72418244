import { describe, expect, it, onTestFinished } from 'vitest';
import { createSecretRotation } from '../../../main/credentials/secret-rotation';
import { renewOdooKey } from '../../../main/pos/odoo/key-renewal';
import { renewInPlace } from '../../../main/shell/manager/renewal-steps';
import { odooTillAt } from '../../contract/odoo-till';
import { memoryLog } from '../../support/loyverse/fixtures';
import { startOdooModel } from '../../support/odoo/odoo-model';
import { memoryLedger } from '../../unit/credentials/memory-ledger';
import { FAILURES, type Failure, ScriptedKeychain } from '../../unit/credentials/scripted-keychain';

const ACCOUNT = 'ODOO_API_KEY_ARIAPITA';
const STEPS = ['make', 'test', 'take', 'inUse', 'retireOld', 'withdraw', 'proven'] as const;
type Step = (typeof STEPS)[number];

class Killed extends Error {}

/** An Odoo 19 that makes keys, and a computer whose keychain holds the old one. */
async function open() {
  const odoo = await startOdooModel({ version: '19' });
  onTestFinished(() => odoo.close());
  odoo.create('ir.config_parameter', { key: 'base.enable_programmatic_api_keys', value: 'True' });
  const keychain = new ScriptedKeychain();
  keychain.entries.set(ACCOUNT, odoo.key);
  let time = 1000;
  const now = () => {
    time += 1;
    return time;
  };
  const works = async (key: string): Promise<boolean> => {
    const answer = await fetch(`${odoo.url}/json/2/res.users.apikeys/search_count`, {
      method: 'POST',
      headers: {
        authorization: `bearer ${key}`,
        'x-odoo-database': odoo.database,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ domain: [] }),
    });
    return answer.status === 200;
  };
  const start = () => {
    const vault = keychain.vault();
    const { ledger } = memoryLedger();
    const onLedgerTrouble = (error: unknown) => {
      throw error;
    };
    return { vault, rotation: createSecretRotation({ vault, ledger, now, onLedgerTrouble }) };
  };
  type App = ReturnType<typeof start>;

  /** @param before called before each step and each look at Odoo; what it throws kills the app there. */
  const renew = ({ vault, rotation }: App, before: (step: Step) => void, isGood = true) =>
    renewInPlace({
      owner: 'Odoo',
      make: async () => {
        before('make');
        const made = await renewOdooKey({
          till: odooTillAt({ ...odoo, currency: 'USD' }),
          location: { name: 'Ariapita', timezone: 'America/Port_of_Spain' },
          secret: async () => odoo.key,
          log: memoryLog(),
          now: Date.now,
        });
        if (!made.ok) return made;
        const retireOld = () => {
          before('retireOld');
          return made.retireOld();
        };
        const withdraw = () => {
          before('withdraw');
          return made.withdraw();
        };
        return { ...made, retireOld, withdraw };
      },
      take: async (value) => {
        before('take');
        const test = async (candidate: string) => {
          before('test');
          return isGood && (await works(candidate))
            ? ({ ok: true } as const)
            : ({ ok: false, words: 'It does not work.' } as const);
        };
        const answer = await rotation.rotate({ account: ACCOUNT, value, test });
        return answer.status === 'switched' ? null : answer.words;
      },
      inUse: async () => {
        before('inUse');
        const kept = await vault.read(ACCOUNT);
        return kept.status === 'present' ? kept.value : null;
      },
      proven: async () => {
        before('proven');
        await rotation.succeeded(ACCOUNT, now());
      },
    });

  /** What the app asks the till with, after one that was turned away if need be. */
  const endsWithOneThatWorks = async ({ vault, rotation }: App): Promise<boolean> => {
    const read = async () => {
      const kept = await vault.read(ACCOUNT);
      return kept.status === 'present' ? kept.value : '';
    };
    if (await works(await read())) return true;
    await rotation.failed(ACCOUNT, now());
    return works(await read());
  };
  const restart = async (): Promise<App> => {
    keychain.heal();
    const app = start();
    await app.rotation.recover([ACCOUNT]);
    return app;
  };
  const kept = () => [keychain.entries.get(ACCOUNT), keychain.entries.get(`${ACCOUNT}.previous`)];
  return { odoo, keychain, kept, works, start, renew, restart, endsWithOneThatWorks };
}

describe('a key that is renewed', () => {
  it('is the only one that is left, here and in Odoo', async () => {
    const { odoo, kept, works, start, renew } = await open();
    expect(await renew(start(), () => undefined)).toEqual({ ok: true, words: null });
    const [key = '', old] = kept();
    expect([await works(key), await works(odoo.key), old]).toEqual([true, false, undefined]);
  });

  it('leaves the old one alone when the new one does not work, and nothing in Odoo', async () => {
    const { odoo, kept, works, start, renew } = await open();
    const keys = odoo.rows('res.users.apikeys').length;
    expect(await renew(start(), () => undefined, false)).toEqual({ ok: false, words: 'It does not work.' });
    expect(kept()).toEqual([odoo.key, undefined]);
    expect(await works(odoo.key)).toBe(true);
    expect(odoo.rows('res.users.apikeys')).toHaveLength(keys);
  });

  it.each(STEPS)('leaves one that works when the app is killed before “%s”', async (step) => {
    const isGood = step !== 'inUse' && step !== 'withdraw';
    const { start, renew, restart, endsWithOneThatWorks } = await open();
    const renewing = renew(
      start(),
      (at) => {
        if (at === step) throw new Killed();
      },
      isGood,
    );
    await expect(renewing).rejects.toThrow(Killed);
    expect(await endsWithOneThatWorks(await restart())).toBe(true);
  });

  /** @returns whether the failure came before the end */
  async function tried(call: number, how: Failure, isKilled: boolean): Promise<boolean> {
    const { keychain, start, renew, restart, endsWithOneThatWorks } = await open();
    const app = start();
    const began = keychain.calls;
    keychain.failAt(call, how);
    const isHit = () => keychain.calls - began > call;
    const die = () => {
      if (isKilled && isHit()) throw new Killed();
    };
    const ended = await renew(app, die).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      return null;
    });
    const hit = isHit();
    const what = `${how} at call ${call}${isKilled ? ', killed' : ''}: ${JSON.stringify(ended)}`;
    if (!isKilled) {
      // Somebody unlocks the keychain, and the app goes on.
      keychain.heal();
      expect(await endsWithOneThatWorks(app), what).toBe(true);
    }
    expect(await endsWithOneThatWorks(await restart()), `${what}, after a restart`).toBe(true);
    return hit;
  }

  it.each(FAILURES)('leaves one that works when the keychain is “%s” at any call', async (how) => {
    let call = 0;
    while (await tried(call, how, false)) call += 1;
    expect(call).toBeGreaterThan(4);
  });

  it('leaves one that works when the app is killed at any look into the keychain', async () => {
    let call = 0;
    while (await tried(call, 'gone', true)) call += 1;
    expect(call).toBeGreaterThan(4);
  });
});
