import type { SecretName } from '../core/location';

/** Numbers about the relay. */
export interface RelayMetrics {
  /** One answer to a webhook; `channel` is a configured name, or `none` where the address named none. */
  webhookAnswered(channel: string, status: number): void;
  orderReceived(channel: string, via: 'webhook', duplicate: boolean): void;
  /** Everything there is to know, in Prometheus' text format. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** A health report as JSON. `status` decides between 200 and 503; the rest is for whoever reads it. */
export interface HealthDocument {
  readonly status: 'ok' | 'degraded' | 'down';
}

export interface RelayHealth {
  app(): HealthDocument;
  /** `undefined` for a till that this location does not have. */
  till(key: string): HealthDocument | undefined;
}

/**
 * Reads a secret from the keychain. It is asked for each request, and what it gives is not kept.
 * `undefined`: not set. Rejects when the keychain cannot be read.
 */
export type ReadSecret = (name: SecretName) => Promise<string | undefined>;
