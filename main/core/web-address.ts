/** What the app talks to: `https:`, or `http:` on this computer and in development. */
export function isWebAddress(text: string): boolean {
  const url = parsed(text);
  return url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:');
}

/** `http:` to another computer: whoever sits in between reads along. */
export function isPlainHttp(text: string): boolean {
  const url = parsed(text);
  return url?.protocol === 'http:' && !isLoopback(url.hostname);
}

/** `https://user:password@host`: a secret that does not look like one. */
export function carriesPassword(text: string): boolean {
  const url = parsed(text);
  return url !== undefined && (url.username !== '' || url.password !== '');
}

/** An address of this computer, which no other one reaches. */
export function isThisComputer(text: string): boolean {
  const url = parsed(text);
  return url !== undefined && isLoopback(url.hostname);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Only what is written with `//`: `Table: 1` parses as an address too. */
function parsed(text: string): URL | undefined {
  const address = text.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return undefined;
  try {
    return new URL(address);
  } catch {
    // The constructor is the only judge of addresses that Node 18 has, and it answers by throwing.
    return undefined;
  }
}
