import type { Location } from '../core/location';
import type { WeeklyHours } from '../core/opening-hours';
import { TRAINING_TABLES } from './order-generator';

export interface TrainingLocationOptions {
  /** The sandbox's `url`. */
  readonly sandboxUrl: string;
  readonly storeId: string;
  /** The website's `pollUrl`. */
  readonly pollUrl: string;
  /** The website's `statusUrl`. */
  readonly statusUrl: string;
  /** Orders are accepted without anybody's tap; by default they are not. */
  readonly autoProcessOrders?: boolean;
}

/** So that people who practise see WhatsApp open before they look away. A real till gets 45 s. */
const FALLBACK_AFTER_MS = 20_000;
/** Of the block that telephone companies keep free for stories: nobody has it. */
const FICTIONAL_NUMBER = '18685550100';
const LUNCH_TO_NIGHT = [{ opens: 11 * 60, closes: 22 * 60 }];
/** For the screen only: the training location is open at any time. */
const WEEKLY: WeeklyHours = {
  mon: LUNCH_TO_NIGHT,
  tue: LUNCH_TO_NIGHT,
  wed: LUNCH_TO_NIGHT,
  thu: LUNCH_TO_NIGHT,
  fri: LUNCH_TO_NIGHT,
  sat: LUNCH_TO_NIGHT,
  sun: LUNCH_TO_NIGHT,
};

/** The restaurant of the training mode: always open, with the sandbox as its till and one website. */
export function trainingLocation(options: TrainingLocationOptions): Location {
  const { sandboxUrl, storeId, pollUrl, statusUrl, autoProcessOrders = false } = options;
  return {
    id: 'TRAINING',
    name: 'Training',
    address: '12 Example Avenue',
    city: 'Port of Spain',
    island: 'Trinidad',
    subcategories: ['Restaurant'],
    latlon: null,
    timezone: 'America/Port_of_Spain',
    currency: 'TTD',
    phone: `+${FICTIONAL_NUMBER}`,
    whatsapp: FICTIONAL_NUMBER,
    orderingTables: TRAINING_TABLES,
    delivery: [],
    openingHours: { mode: 'Open', weekly: WEEKLY, special: [] },
    escalation: { louderMs: 20_000, fullScreenMs: 45_000, webhookMs: 70_000, pauseMs: 240_000 },
    tills: [
      {
        key: 'loyverse',
        provider: 'loyverse',
        enabled: true,
        priority: 0,
        share: null,
        apiUrl: sandboxUrl,
        storeId,
        accessToken: { account: 'LOYVERSE_ACCESS_TOKEN_TRAINING' },
        webhookSecret: null,
        paymentTypes: { paid: null, cash: null, card: null },
        employee: null,
        charges: { discount: null, delivery: null, tip: null },
        bookUnpaid: 'accept',
        orderSources: [],
        syncMenu: true,
        autoProcessOrders,
        fallbackToWhatsapp: true,
        fallbackAfterMs: FALLBACK_AFTER_MS,
      },
    ],
    retiredTills: [],
    channels: [
      {
        name: 'web',
        webhookSecret: { account: 'WEB_WEBHOOK_SECRET_TRAINING' },
        pollUrl,
        pollToken: { account: 'WEB_POLL_TOKEN_TRAINING' },
        statusUrl,
        rateLimit: 600,
      },
    ],
  };
}
