import { app, shell } from 'electron';
import { checkedWhatsappLink, WHATSAPP_APP, whatsappAppLink } from '../core/whatsapp-message';

/** A link that the app has no business opening. */
class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
}

/**
 * The way to WhatsApp: hands a link to the operating system, if it is a WhatsApp message. Where WhatsApp's own app is
 * installed it gets the message; without it, or when it does not open, the browser does.
 * @throws {LinkRefused} for any other link, and what the system says when nothing could open it.
 */
export async function openWhatsapp(link: string): Promise<void> {
  const web = checkedWhatsappLink(link);
  const own = whatsappAppLink(link);
  if (web === undefined || own === undefined) throw new LinkRefused('This link is not ours to open.');
  if (app.getApplicationNameForProtocol(WHATSAPP_APP) !== '') {
    try {
      await shell.openExternal(own, { activate: true });
      return;
    } catch {
      // It was taken away without being unregistered: the browser still works.
    }
  }
  await shell.openExternal(web, { activate: true });
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
