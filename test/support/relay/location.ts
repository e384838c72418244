import type { Channel, Location, Till } from '../../../main/core/location';
import { CONTEXT } from '../orders';

export function sampleChannel(changes: Partial<Channel> = {}): Channel {
  return {
    name: 'web',
    webhookSecret: { account: 'WEB_WEBHOOK_SECRET_ARIAPITA' },
    pollUrl: null,
    pollToken: null,
    statusUrl: null,
    rateLimit: 0,
    ...changes,
  };
}

export function sampleTill(changes: Partial<Till> = {}): Till {
  return {
    key: 'loyverse',
    provider: 'loyverse',
    enabled: true,
    priority: 0,
    share: null,
    apiUrl: 'http://127.0.0.1/v1.0',
    storeId: 'store',
    accessToken: { account: 'LOYVERSE_ACCESS_TOKEN_ARIAPITA' },
    webhookSecret: { account: 'LOYVERSE_WEBHOOK_SECRET_ARIAPITA' },
    paymentTypes: { paid: null, cash: null, card: null },
    employee: null,
    charges: { discount: null, delivery: null, tip: null },
    bookUnpaid: 'accept',
    orderSources: [],
    syncMenu: true,
    autoProcessOrders: false,
    fallbackToWhatsapp: true,
    fallbackAfterMs: 45_000,
    ...changes,
  };
}

export function sampleLocation(changes: Partial<Location> = {}): Location {
  return {
    id: 'ARIAPITA',
    name: 'Ariapita',
    address: 'Ariapita Avenue',
    city: 'Port of Spain',
    island: 'Trinidad',
    subcategories: ['Restaurant'],
    latlon: null,
    timezone: 'America/Port_of_Spain',
    currency: CONTEXT.currency,
    phone: '18685550100',
    whatsapp: '18685550100',
    orderingTables: CONTEXT.tables,
    delivery: [],
    openingHours: {
      mode: 'Open',
      weekly: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
      special: [],
    },
    escalation: { louderMs: 20_000, fullScreenMs: 45_000, webhookMs: 70_000, pauseMs: 240_000 },
    tills: [sampleTill()],
    retiredTills: [],
    channels: [sampleChannel()],
    ...changes,
  };
}
