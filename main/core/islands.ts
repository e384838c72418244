import type { CountryCode } from 'libphonenumber-js';

/** South, west, north and east ends in degrees, with a few miles of sea around. */
export type Bounds = readonly [south: number, west: number, north: number, east: number];

/** What follows from the `island` of a location. */
export interface IslandFacts {
  readonly country: CountryCode;
  readonly timezone: string;
  readonly currency: string;
  readonly bounds: Bounds;
}

const TT = { country: 'TT', timezone: 'America/Port_of_Spain', currency: 'TTD' } as const;

const ISLANDS: Readonly<Record<string, IslandFacts>> = {
  Trinidad: { ...TT, bounds: [9.95, -62.0, 10.95, -60.85] },
  Tobago: { ...TT, bounds: [11.05, -60.95, 11.45, -60.4] },
  'Trinidad and Tobago': { ...TT, bounds: [9.95, -62.0, 11.45, -60.4] },
  Barbados: {
    country: 'BB',
    timezone: 'America/Barbados',
    currency: 'BBD',
    bounds: [13.0, -59.7, 13.4, -59.35],
  },
  Jamaica: {
    country: 'JM',
    timezone: 'America/Jamaica',
    currency: 'JMD',
    bounds: [17.6, -78.5, 18.6, -76.1],
  },
  // With Carriacou and Petite Martinique.
  Grenada: {
    country: 'GD',
    timezone: 'America/Grenada',
    currency: 'XCD',
    bounds: [11.9, -61.9, 12.6, -61.3],
  },
  'Saint Lucia': {
    country: 'LC',
    timezone: 'America/St_Lucia',
    currency: 'XCD',
    bounds: [13.65, -61.15, 14.15, -60.8],
  },
  // With the Grenadines down to Union Island.
  'Saint Vincent': {
    country: 'VC',
    timezone: 'America/St_Vincent',
    currency: 'XCD',
    bounds: [12.5, -61.55, 13.45, -61.05],
  },
  Guyana: { country: 'GY', timezone: 'America/Guyana', currency: 'GYD', bounds: [1.1, -61.5, 8.7, -56.4] },
};

export const ISLAND_NAMES: readonly string[] = Object.keys(ISLANDS);

const BY_NAME: ReadonlyMap<string, IslandFacts> = new Map(
  Object.entries(ISLANDS).map(([name, facts]) => [plainName(name), facts]),
);

/** Capitals, `St.` for `Saint` and `&` for `and` make no difference. */
export function islandFacts(name: string): IslandFacts | undefined {
  return BY_NAME.get(plainName(name));
}

/** Where a place is, seen from its island; the last two are the usual slips of the pen. */
export type Whereabouts = 'there' | 'elsewhere' | 'swapped' | 'east';

/** @param latlon latitude and longitude in degrees. */
export function whereabouts([lat, lon]: readonly [number, number], bounds: Bounds): Whereabouts {
  if (within(lat, lon, bounds)) return 'there';
  if (within(lon, lat, bounds)) return 'swapped';
  return within(lat, -lon, bounds) ? 'east' : 'elsewhere';
}

function within(lat: number, lon: number, [south, west, north, east]: Bounds): boolean {
  return south <= lat && lat <= north && west <= lon && lon <= east;
}

function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/\bst\b\.?/, 'saint')
    .replaceAll('&', 'and')
    .replace(/\s+/g, ' ');
}
