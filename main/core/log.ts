/** Fields of a log line beside `timestamp`, `level` and `event`. Never a secret, never a customer's data. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * The structured log. `event` is a fixed word (`order_received`); what varies goes into fields.
 * `provider` is written in capitals, as in the configuration guide's sample.
 */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** Written at any LOG_LEVEL: `relay_listening`, `board_ready`. */
  milestone(event: string, fields?: LogFields): void;
}
