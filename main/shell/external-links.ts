import { shell } from 'electron';

/** The one way out of the app. */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
}

/**
 * Hands a link to the operating system, if it is a WhatsApp message to a number we formatted.
 * The link is taken apart and put together again, so that nothing rides along (a second parameter, another host,
 * a user name, a port).
 * @throws {LinkRefused} for any other link, and what the system says when nothing could open it.
 */
export async function openExternal(link: string): Promise<void> {
  await shell.openExternal(whatsappOnly(link), { activate: true });
}

export function whatsappOnly(link: string): string {
  const url = new URL(link);
  const digits = /^\/(\d{6,15})$/.exec(url.pathname)?.[1];
  const text = url.searchParams.get('text');
  const plain =
    url.protocol === 'https:' && url.host === 'wa.me' && url.username === '' && url.password === '';
  if (!plain || digits === undefined || text === null)
    throw new LinkRefused('This link is not ours to open.');
  return `https://wa.me/${digits}?text=${encodeURIComponent(text)}`;
}
