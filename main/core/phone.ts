import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';

export interface PhoneNumber {
  /** With the country code and nothing else (`18681234567`), as `wa.me` wants it. */
  readonly digits: string;
  /** As people read it: `+1 868 123 4567`. */
  readonly pretty: string;
}

/**
 * Reads a telephone number as people write it; the guide's YAML has it as a number without `+`.
 * Only the length is judged: new ranges are handed out faster than tables of them are.
 * @param country decides about numbers without a country code.
 * @returns `undefined` for what cannot be a number.
 */
export function readPhone(text: string, country: CountryCode | undefined): PhoneNumber | undefined {
  const international = /^\d{11,15}$/.test(text) ? `+${text}` : text;
  const parsed = parsePhoneNumberFromString(international, country);
  if (!parsed?.isPossible()) return undefined;
  return { digits: parsed.number.slice(1), pretty: parsed.formatInternational() };
}
