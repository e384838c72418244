import { shell } from 'electron';
import { checkedWhatsappLink } from '../core/whatsapp-message';

/** A link that the app has no business opening. */
class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
}

/**
 * The one way out of the app: hands a link to the operating system, if it is a WhatsApp message.
 * @throws {LinkRefused} for any other link, and what the system says when nothing could open it.
 */
export async function openExternal(link: string): Promise<void> {
  const checked = checkedWhatsappLink(link);
  if (checked === undefined) throw new LinkRefused('This link is not ours to open.');
  await shell.openExternal(checked, { activate: true });
}
