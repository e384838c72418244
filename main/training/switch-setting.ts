import { type SandboxSwitches, switchesSchema } from './switches';

export type SwitchSetting =
  | { readonly ok: true; readonly change: Partial<SandboxSwitches> }
  | { readonly ok: false; readonly words: string };

/**
 * One switch as it is written on a command line: `down`, `slowMs=2000`, `cutAfterSale=Infinity`,
 * `down=refuse`, `rateLimit={"requests":300,"perSeconds":300}`. Without a value it is `true`, or 1 for a counter.
 */
export function parseSwitch(text: string): SwitchSetting {
  const [name = '', ...rest] = text.split('=');
  if (!Object.hasOwn(switchesSchema.shape, name)) {
    const names = Object.keys(switchesSchema.shape).join(', ');
    return { ok: false, words: `There is no switch “${name}”. There are: ${names}.` };
  }
  const values = rest.length === 0 ? [true, 1] : [readValue(rest.join('='))];
  for (const value of values) {
    const parsed = switchesSchema.partial().safeParse({ [name]: value });
    const change = Object.entries(parsed.data ?? {}).filter(([key]) => key === name);
    if (parsed.success) return { ok: true, change: Object.fromEntries(change) };
  }
  return { ok: false, words: `“${text}” is not a setting of “${name}”.` };
}

function readValue(text: string): unknown {
  if (text === 'Infinity') return Number.POSITIVE_INFINITY;
  try {
    return JSON.parse(text);
  } catch {
    // A plain word, such as `refuse`.
    return text;
  }
}
