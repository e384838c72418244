type Headers = Readonly<Record<string, string>>;

/** The head of a POST of JSON as text. @param framing the header that says how long its body is */
export function postHead(path: string, framing: string, headers: Headers = {}): string {
  const lines = ['Content-Type: application/json', framing, ...headerLines(headers)];
  return `POST ${path} HTTP/1.1\r\nHost: till.example\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** A whole POST of JSON as text. */
export function postText(path: string, body: string, headers: Headers = {}): string {
  return postHead(path, `Content-Length: ${Buffer.byteLength(body)}`, headers) + body;
}

export function headerLines(headers: Headers): string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}
