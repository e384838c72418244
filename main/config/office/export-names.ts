import { unreachable } from '../../core/never';
import type { LoadedLocation } from '../load-locations';
import { setupFields } from '../setup-fields';
import { envLines } from './env-lines';

export const EXPORT_TARGETS = ['kubernetes', 'env-template'] as const;
export type ExportTarget = (typeof EXPORT_TARGETS)[number];

/**
 * The names of the locations' variables for another system, never a value.
 *
 * `kubectl create secret … --from-env-file` wants one `NAME=value` a line: a name of letters, digits and `_ - .` that
 * begins with no digit, each once; lines that begin with `#` and empty ones are skipped. It takes what follows `=` as
 * it is, quotes and comments included, and knows no `export`. So a comment never shares a line with a name here, and
 * each name ends in `=`: a bare one would be filled from the environment of whoever runs the command.
 */
export function exportLines(locations: readonly LoadedLocation[], target: ExportTarget): string[] {
  switch (target) {
    case 'kubernetes':
      return kubernetesLines(locations);
    case 'env-template':
      return locations.flatMap((location, index) => [...(index === 0 ? [] : ['']), ...envLines(location)]);
    default:
      return unreachable(target);
  }
}

const KUBERNETES_HEAD = [
  '# Save this as .env, write each value right behind its “=” (no quotes, no comment in the line), then run:',
  '#',
  '#   kubectl create secret generic omgsushi-pos-secrets \\',
  '#     --from-env-file=.env \\',
  '#     --namespace=omgsushi-pos \\',
  '#     --dry-run=client -o yaml | kubectl apply -f -',
  '#',
  '# and delete the file.',
];

function kubernetesLines(locations: readonly LoadedLocation[]): string[] {
  const listed = new Set<string>();
  const blocks = locations.map((location) => {
    const names = setupFields(location).flatMap(({ name }) => (listed.has(name) ? [] : [name]));
    for (const name of names) listed.add(name);
    return ['', `# ${location.id}`, ...names.map((name) => `${name}=`)];
  });
  return [...KUBERNETES_HEAD, ...blocks.flat()];
}
