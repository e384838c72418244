import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../main/shell/environment';

const DEFAULTS = { packaged: true, dataDir: '/data', bundledLocations: '/app/data/locations.yaml' };

describe('the environment', () => {
  it('is production in the package and development from source', () => {
    expect(readEnvironment({}, DEFAULTS).name).toBe('production');
    expect(readEnvironment({}, { ...DEFAULTS, packaged: false }).name).toBe('development');
  });

  it('gives no secret away to production', () => {
    const env = { LOYVERSE_ACCESS_TOKEN_ARIAPITA: 'x' };
    expect(readEnvironment(env, DEFAULTS).variables).toEqual({});
    expect(readEnvironment({ ...env, TILLSIDE_ENV: 'staging' }, DEFAULTS).variables).toMatchObject(env);
  });

  it.each([
    [{ TILLSIDE_ENV: 'prod' }, 'TILLSIDE_ENV'],
    [{ TILLSIDE_RELAY_PORT: 'many' }, 'TILLSIDE_RELAY_PORT'],
    [{ TILLSIDE_RELAY_PORT: '70000' }, 'TILLSIDE_RELAY_PORT'],
  ])('does not guess what %j may mean', (env, name) => {
    expect(() => readEnvironment(env, DEFAULTS)).toThrow(name);
  });

  it('lets the relay pick a free port', () => {
    expect(readEnvironment({ TILLSIDE_RELAY_PORT: '0' }, DEFAULTS).relayPort).toBe(0);
    expect(readEnvironment({}, DEFAULTS).relayPort).toBe(4780);
  });
});
