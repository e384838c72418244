/** An amount in minor units (cents): an integer, never a fraction. */
export type Minor = number;

/** ISO 4217 code to what a customer in that country writes in front of an amount. */
const SYMBOLS: Readonly<Record<string, string>> = {
  TTD: 'TT$',
  BBD: 'Bds$',
  JMD: 'J$',
  XCD: 'EC$',
  GYD: 'G$',
  USD: 'US$',
};

/** Decimal places of a currency; ISO 4217 as the JavaScript engine knows it. */
export function decimalPlaces(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** `9600, 'TTD'` → `TT$96.00`. Whole amounts keep their decimals, so that columns line up. */
export function formatMoney(amount: Minor, currency: string): string {
  const decimals = decimalPlaces(currency);
  const digits = (Math.abs(amount) / 10 ** decimals).toLocaleString('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return `${amount < 0 ? '−' : ''}${SYMBOLS[currency] ?? `${currency} `}${digits}`;
}

/**
 * A POS's decimal number in major units (17.52) to minor units (1752).
 * Rounded half away from zero on the decimal text, so that 1.005 is 1.01 and not a binary artefact.
 */
export function toMinor(major: number, decimals: number): Minor {
  // The engine writes very small numbers with an exponent of their own: 1e-7.
  const [digits, exponent] = String(Math.abs(major)).split('e');
  const rounded = Math.round(Number(`${digits}e${Number(exponent ?? 0) + decimals}`));
  return major < 0 ? -rounded : rounded;
}

/** Minor units to the POS's decimal number in major units. */
export function toMajor(amount: Minor, decimals: number): number {
  return Number(`${amount}e-${decimals}`);
}
