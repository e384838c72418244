/** Nearly every printer in a network listens there. */
const PORT = 9100;

export interface PrinterAddress {
  readonly host: string;
  readonly port: number;
}

/** `192.168.1.50` or `192.168.1.50:9100`. An IPv6 address with a port stands in brackets. */
export function addressOf(text: string): PrinterAddress {
  const found = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text.trim());
  if (found === null) return { host: text.trim().replace(/^\[|\]$/g, ''), port: PORT };
  return { host: found[1] ?? found[2] ?? '', port: Number(found[3]) };
}

/** As it is typed. */
export function addressWords({ host, port }: PrinterAddress): string {
  if (port === PORT) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
