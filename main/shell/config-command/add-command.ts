import { chmodSync, existsSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { replaceFile } from '../../config/file-replacement';
import { fileText } from '../../config/file-text';
import { scaffoldLocation } from '../../config/office/scaffold-location';
import { locationName } from '../../core/location';
import { CannotGoOn, type ConfigCommand, UsageError } from './command';
import { readBytes, reason, usualFile } from './surroundings';

/** Adds a restaurant's block to a file, or changes nothing. */
export const addCommand: ConfigCommand = {
  name: 'add',
  usage:
    'LOCATION [--address TEXT] [--city TEXT] [--island NAME] [--phone N] [--whatsapp N] [--tills loyverse,odoo] [--channel web] [--file FILE]',
  help: 'Adds a restaurant’s block to the file; everything else in it stays as it is.',
  options: {
    address: 'text',
    city: 'text',
    island: 'text',
    phone: 'text',
    whatsapp: 'text',
    tills: 'list',
    channel: 'list',
    file: 'text',
  },
  most: 1,
  run: async (args, io) => {
    const [name] = args.rest;
    if (name === undefined) throw new UsageError('Which restaurant? Such as: add "San Fernando".');
    const file = args.text('file') ?? usualFile(io);
    const path = resolve(io.cwd, file);
    const bytes = existsSync(path) ? readBytes(file, io) : new Uint8Array();
    const decoded = fileText(bytes);
    if (!decoded.ok) throw new CannotGoOn(`${file}:${decoded.line}:${decoded.column} ${decoded.words}`);
    if (!isUtf8(bytes)) {
      throw new CannotGoOn(
        `${file} is not saved as UTF-8. Save it so in an editor; then a restaurant can be added.`,
      );
    }
    // The decoder takes a byte-order mark away; the file keeps it.
    const text = (hasMark(bytes) ? '\uFEFF' : '') + decoded.text.replace(/^\uFEFF/, '');
    // What nobody has said yet is the place's name: better than a text that people forget to replace.
    const place = /[a-z ]/.test(name) ? name.trim() : locationName(name.trim());
    const scaffold = scaffoldLocation(text, {
      id: name,
      address: args.text('address') ?? place,
      city: args.text('city') ?? place,
      island: args.text('island') ?? 'Trinidad',
      phone: args.text('phone'),
      whatsapp: args.text('whatsapp') ?? args.text('phone'),
      tills: args.list('tills') ?? ['loyverse'],
      channels: args.list('channel') ?? ['web'],
    });
    if (!scaffold.ok) {
      io.err(`${scaffold.words} The file was not changed.`);
      return 1;
    }
    await write(path, scaffold.text, file);
    io.out(`${locationName(scaffold.id)} (${scaffold.id}) was added at the end of ${file}.`);
    const missing = ['address', 'city', 'island', 'phone'].filter(
      (option) => args.text(option) === undefined,
    );
    if (missing.length > 0)
      io.out(`Look over what was not said: ${missing.join(', ')} and the opening hours.`);
    else io.out('Put the restaurant’s own opening hours in place of the usual ones.');
    io.out(`Its variables: config env ${scaffold.id}`);
    return 0;
  },
};

/** Atomically, through a link to the file itself, and with the rights that it had. */
async function write(path: string, text: string, file: string): Promise<void> {
  try {
    const there = existsSync(path);
    const target = there ? realpathSync(path) : path;
    const mode = there ? statSync(target).mode & 0o777 : 0o644;
    await replaceFile(target, text);
    chmodSync(target, mode);
  } catch (error) {
    throw new CannotGoOn(`${file} cannot be written: ${reason(error)} It was not changed.`);
  }
}

/** Other encodings can be read too; to write one back in UTF-8 would change every byte. */
function isUtf8(bytes: Uint8Array): boolean {
  return !bytes.includes(0) && bytes[0] !== 0xff && bytes[0] !== 0xfe;
}

function hasMark([first, second, third]: Uint8Array): boolean {
  return first === 0xef && second === 0xbb && third === 0xbf;
}
