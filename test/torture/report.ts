import type { Outcome } from './attack';

export interface Row {
  readonly attack: string;
  readonly seed: number;
  readonly seconds: number;
  readonly outcome: Outcome;
}

export function broken({ outcome }: Row): boolean {
  return outcome.findings.some(({ holds }) => !holds);
}

/** As it stands in `docs/reliability.md`. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(({ attack, seed, seconds, outcome }) => {
    const held = outcome.findings.map(
      ({ what, wanted, found, holds }) => `${holds ? '✓' : '✗'} ${what}: ${found} (${wanted})`,
    );
    const cells = [
      attack,
      outcome.done.join('; '),
      held.join('<br>'),
      String(seed),
      `${Math.round(seconds)} s`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| attack | what was done | what held (what must) | seed | took |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

/** What broke, and how to see it again. */
export function troubles(rows: readonly Row[]): string[] {
  return rows.flatMap(({ attack, seed, outcome }) =>
    outcome.findings
      .filter(({ holds }) => !holds)
      .map(({ what, found, wanted, offenders }) => {
        const which = offenders.length === 0 ? '' : `: ${offenders.slice(0, 20).join(', ')}`;
        return `${attack}, seed ${seed}: ${what} ${found}, wanted ${wanted}${which}`;
      }),
  );
}
