import { shell } from 'electron';
import { checkedWhatsappLink } from '../core/whatsapp-message';

/** A link that the app has no business opening. */
class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
}

/**
 * The way to WhatsApp: hands a link to the operating system, if it is a WhatsApp message.
 * @throws {LinkRefused} for any other link, and what the system says when nothing could open it.
 */
export async function openExternal(link: string): Promise<void> {
  const checked = checkedWhatsappLink(link);
  if (checked === undefined) throw new LinkRefused('This link is not ours to open.');
  await shell.openExternal(checked, { activate: true });
}

/**
 * The way to a page that the configuration names, in the system's browser.
 * @throws {LinkRefused} for anything but a page over HTTPS, and what the system says when nothing could open it.
 */
export async function openPage(address: string): Promise<void> {
  const { protocol, username, password, href } = new URL(address);
  if (protocol !== 'https:' || username !== '' || password !== '') {
    throw new LinkRefused('This page is not ours to open.');
  }
  await shell.openExternal(href, { activate: true });
}
