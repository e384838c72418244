/** The oldest Node that the build tools run on. Checked first, because an old one fails later with riddles. */
import { Failure } from './run.mjs';

const OLDEST = [20, 19];

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new Failure(
    `Tillside needs Node ${OLDEST.join('.')} or newer to build; this is ${version}.`,
    'Install a newer Node (nodejs.org, your distribution, or nvm), then run this again.',
  );
}
