import { z } from 'zod';
import type { OdooLink } from './link';
import { text } from './schemas';

const ADDRESS = /^till:product\.template\/(\d{1,10})\?/;
const pictureSchema = z.object({ id: z.number(), image_256: text });

/**
 * Odoo shows pictures only to its users, and before 19 not for a key: they are read as a field (contract section 11).
 * @param writtenAt another picture has another address
 */
export function pictureAddress(templateId: number, writtenAt: string | null): string {
  return `till:product.template/${templateId}?${encodeURIComponent(writtenAt ?? '')}`;
}

/** @returns `null` for a dish without one. @throws {PosUnreachable} */
export async function readPicture(link: OdooLink, address: string): Promise<Buffer | null> {
  const id = ADDRESS.exec(address)?.[1];
  if (id === undefined) return null;
  const [row] = await link.searchRead(
    'product.template',
    { domain: [['id', '=', Number(id)]], fields: ['image_256'] },
    pictureSchema,
  );
  return row === undefined || row.image_256 === null ? null : Buffer.from(row.image_256, 'base64');
}
