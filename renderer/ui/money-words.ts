/** What people in these countries write in front of an amount. */
const SYMBOLS: Readonly<Record<string, string>> = {
  TTD: 'TT$',
  BBD: 'Bds$',
  JMD: 'J$',
  XCD: 'EC$',
  GYD: 'G$',
  USD: 'US$',
};

const formats = new Map<string, Intl.NumberFormat>();

function format(currency: string): Intl.NumberFormat {
  const known = formats.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits: digits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const made = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formats.set(currency, made);
  return made;
}

/** `9600, 'TTD'` → `TT$96.00`. The amount is in minor units. */
export function money(amount: number, currency: string): string {
  const numbers = format(currency);
  const { maximumFractionDigits: decimals = 2 } = numbers.resolvedOptions();
  const digits = numbers.format(Math.abs(amount) / 10 ** decimals);
  return `${amount < 0 ? '−' : ''}${SYMBOLS[currency] ?? `${currency} `}${digits}`;
}
