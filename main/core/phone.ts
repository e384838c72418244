import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';

/** Islands that the guide's `island` may name, with what follows from it. */
export const ISLANDS: Readonly<
  Record<string, { readonly country: CountryCode; readonly timezone: string; readonly currency: string }>
> = {
  Trinidad: { country: 'TT', timezone: 'America/Port_of_Spain', currency: 'TTD' },
  Tobago: { country: 'TT', timezone: 'America/Port_of_Spain', currency: 'TTD' },
  Barbados: { country: 'BB', timezone: 'America/Barbados', currency: 'BBD' },
  Jamaica: { country: 'JM', timezone: 'America/Jamaica', currency: 'JMD' },
  Grenada: { country: 'GD', timezone: 'America/Grenada', currency: 'XCD' },
  'Saint Lucia': { country: 'LC', timezone: 'America/St_Lucia', currency: 'XCD' },
  Guyana: { country: 'GY', timezone: 'America/Guyana', currency: 'GYD' },
};

/**
 * A telephone number as digits with the country code (`18681234567`), as `wa.me` wants it.
 * Only the length is judged: new ranges are handed out faster than tables of them are.
 * @returns `null` for what cannot be a number.
 */
export function phoneDigits(text: string, country: CountryCode | undefined): string | null {
  const international = /^\d{11,15}$/.test(text) ? `+${text}` : text;
  const parsed = parsePhoneNumberFromString(international, country);
  return parsed?.isPossible() ? parsed.number.slice(1) : null;
}
