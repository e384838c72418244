/** The YAML of one location that loads without a word; what is given is added to its end, line by line. */
export function locationText(id: string, ...lines: readonly string[]): string {
  return [
    '  - address: "1 Test Street"',
    '    city: "Arima"',
    '    island: "Trinidad"',
    '    opening_hours: { mode: Open }',
    `    pos: { loyverse: { provider: loyverse, store_id: "{{ env \`LOYVERSE_STORE_ID_${id}\` }}" } }`,
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
}

/** A file of such locations: the first begins in line 2. */
export function locationsText(...blocks: readonly string[]): string {
  return ['locations:', ...blocks].join('\n');
}

/** ``"{{ env `NAME` }}"``. */
export function env(name: string): string {
  return `"{{ env \`${name}\` }}"`;
}
