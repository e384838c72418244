import type { TillNumber, TillSwitch, TillView } from '../../../preload/contract';
import type { LoadedLocation } from '../../config/load-locations';
import type { LocalChoices, TillChoices } from '../../config/local-choices';
import type { RawTill } from '../../core/location-schema';
import { tillName } from '../tills';

type Setting = TillSwitch | TillNumber;

const SWITCHES = ['enabled', 'autoProcessOrders', 'syncMenu', 'fallbackToWhatsapp'] as const;
const NUMBERS = ['priority', 'share'] as const;
const SETTINGS: readonly Setting[] = [...SWITCHES, ...NUMBERS];

export interface TillChange {
  /** Its key. */
  readonly till: string;
  readonly setting: Setting;
  /** `null` undoes. */
  readonly value: boolean | number | null;
}

/** What head office's file says of one till. */
type Office = Readonly<Record<TillSwitch, boolean>> & {
  readonly priority: number;
  readonly share: number | null;
};

/** The tills' settings as they count on this computer, each with what head office's file says where they differ. */
export function tillViews({ raw }: LoadedLocation, { tills }: LocalChoices): TillView[] {
  return Object.entries(raw.pos)
    .map(([key, till], index) => tillView(key, till, officeOf(till, index), tills[key] ?? {}))
    .sort((a, b) => a.priority - b.priority);
}

/**
 * The choices after one change. A choice that says what head office's file says is none: the next release counts then.
 * @returns `undefined` for a till that the location does not have.
 */
export function withSetting(
  location: LoadedLocation,
  choices: LocalChoices,
  change: TillChange,
): LocalChoices | undefined {
  const { till, setting, value } = change;
  const index = Object.keys(location.raw.pos).indexOf(till);
  const raw = location.raw.pos[till];
  if (raw === undefined) return undefined;
  const { [setting]: _before, ...others } = choices.tills[till] ?? {};
  const isNew = value !== null && value !== officeOf(raw, index)[setting];
  const chosen: TillChoices = isNew ? { ...others, [setting]: value } : others;
  return { ...choices, tills: { ...choices.tills, [till]: chosen } };
}

/** What a setting is called, and what its value is, for the log of changes. */
export function settingWords(setting: Setting, value: boolean | number | null): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (setting === 'share') return value === null ? 'by priority' : `${value} %`;
  return value === null ? 'as in the file' : `place ${value + 1}`;
}

export const SETTING_NAMES: Readonly<Record<Setting, string>> = {
  enabled: 'in use',
  autoProcessOrders: 'accept orders by itself',
  syncMenu: 'keep the menu in step',
  fallbackToWhatsapp: 'WhatsApp when it does not answer',
  priority: 'place',
  share: 'share of the orders',
};

function tillView(key: string, raw: RawTill, office: Office, chosen: TillChoices): TillView {
  const changed = SETTINGS.filter((setting) => chosen[setting] !== undefined);
  return {
    key,
    name: tillName({ key }),
    provider: raw.provider,
    enabled: chosen.enabled ?? office.enabled,
    autoProcessOrders: chosen.autoProcessOrders ?? office.autoProcessOrders,
    syncMenu: chosen.syncMenu ?? office.syncMenu,
    fallbackToWhatsapp: chosen.fallbackToWhatsapp ?? office.fallbackToWhatsapp,
    priority: chosen.priority ?? office.priority,
    share: chosen.share === undefined ? office.share : chosen.share,
    orderSources: raw.provider === 'loyverse' ? raw.order_sources : [],
    changed: changed.map((setting) => ({ setting, officeWords: settingWords(setting, office[setting]) })),
  };
}

function officeOf(till: RawTill, index: number): Office {
  return {
    enabled: till.enabled,
    autoProcessOrders: till.auto_process_orders,
    syncMenu: till.sync_menu,
    fallbackToWhatsapp: till.fallback_to_whatsapp,
    priority: till.priority ?? index,
    share: till.share ?? null,
  };
}
