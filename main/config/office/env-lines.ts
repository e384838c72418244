import { locationName } from '../../core/location';
import type { LoadedLocation } from '../load-locations';
import { setupFields } from '../setup-fields';

/** The lines of a `.env` file for one location: each variable with what it is and where to find it, never a value. */
export function envLines(location: LoadedLocation): string[] {
  const { id, raw } = location;
  return [
    `# ${locationName(id)} (${id}): ${oneLine(`${raw.address}, ${raw.city}`)}`,
    '# Fill in what belongs behind each “=”, and import the file. Delete it then: Tillside keeps what it needs.',
    ...setupFields(location).flatMap(({ name, label, help, kind, required }) => [
      '',
      `# ${oneLine(label)}${kind === 'secret' ? ' (secret)' : ''}${required ? '' : ', may stay empty'}`,
      `# ${oneLine(help)}`,
      `${name}=`,
    ]),
  ];
}

/** What stands behind a `#` must not begin a line of its own. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
