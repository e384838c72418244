import type { CountryCode } from 'libphonenumber-js';

/** What follows from the `island` of a location. */
export interface IslandFacts {
  readonly country: CountryCode;
  readonly timezone: string;
  readonly currency: string;
}

const TRINIDAD: IslandFacts = { country: 'TT', timezone: 'America/Port_of_Spain', currency: 'TTD' };

const ISLANDS: Readonly<Record<string, IslandFacts>> = {
  Trinidad: TRINIDAD,
  Tobago: TRINIDAD,
  'Trinidad and Tobago': TRINIDAD,
  Barbados: { country: 'BB', timezone: 'America/Barbados', currency: 'BBD' },
  Jamaica: { country: 'JM', timezone: 'America/Jamaica', currency: 'JMD' },
  Grenada: { country: 'GD', timezone: 'America/Grenada', currency: 'XCD' },
  'Saint Lucia': { country: 'LC', timezone: 'America/St_Lucia', currency: 'XCD' },
  'Saint Vincent': { country: 'VC', timezone: 'America/St_Vincent', currency: 'XCD' },
  Guyana: { country: 'GY', timezone: 'America/Guyana', currency: 'GYD' },
};

export const ISLAND_NAMES: readonly string[] = Object.keys(ISLANDS);

const BY_NAME: ReadonlyMap<string, IslandFacts> = new Map(
  Object.entries(ISLANDS).map(([name, facts]) => [plainName(name), facts]),
);

/** Capitals, `St.` for `Saint` and `&` for `and` make no difference. */
export function islandFacts(name: string): IslandFacts | undefined {
  return BY_NAME.get(plainName(name));
}

function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/\bst\b\.?/, 'saint')
    .replaceAll('&', 'and')
    .replace(/\s+/g, ' ');
}
