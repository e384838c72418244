import { renderSVG } from 'uqr';
import { escapedHtml } from '../core/escaped-html';
import type { Ms } from '../core/order';
import { groupsOf } from './recovery-key';

export interface RecoverySheet {
  /** The restaurant's name. */
  readonly restaurant: string;
  /** Shown as a date: the sheet of a newer key replaces one with an older one. */
  readonly madeAt: Ms;
  /** IANA; the computer's own while no restaurant is open. */
  readonly timezone: string | undefined;
  /** `AGE-SECRET-KEY-1…` */
  readonly identity: string;
}

/** The page that is printed: it holds the recovery key itself. No script, nothing from elsewhere. */
export function recoverySheet({ restaurant, madeAt, timezone, identity }: RecoverySheet): string {
  const date = new Date(madeAt).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: timezone });
  const groups = groupsOf(identity)
    .map((group) => `<span>${escapedHtml(group)}</span>`)
    .join('\n        ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Tillside recovery key – ${escapedHtml(restaurant)}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <h1>Tillside recovery key</h1>
    <p class="whose"><strong>${escapedHtml(restaurant)}</strong> · ${escapedHtml(date)}</p>
    <div class="key">
      <div class="qr">${renderSVG(identity, { ecc: 'M', border: 4 })}</div>
      <p class="groups">
        ${groups}
      </p>
    </div>
    <h2>What it is for</h2>
    <ul>
      <li>It opens the daily backups when this computer is lost or broken.</li>
      <li>It sets a new PIN when nobody remembers the old one.</li>
    </ul>
    <h2>Where to keep it</h2>
    <ul>
      <li>Print two sheets: one for the safe, one for a place outside the restaurant.</li>
      <li>Never keep it beside the backups, and send it to nobody: it opens everything in them.</li>
      <li>Nobody can make it again. If a sheet is lost, make a new key in Tillside’s settings.</li>
    </ul>
    <h2>How to use it</h2>
    <p>Choose “Restore a backup” on the new computer, or “Forgotten PIN?” on this one, and type the key. Spaces, dashes
      and capital letters do not matter.</p>
  </body>
</html>
`;
}

const STYLE = `
  @page { margin: 20mm; }
  body { font: 12pt/1.5 sans-serif; max-width: 170mm; margin: 0 auto; color: #000; background: #fff; }
  h1 { font-size: 22pt; margin: 0; }
  h2 { font-size: 13pt; margin: 6mm 0 1mm; }
  ul { margin: 0; padding-left: 6mm; }
  .whose { font-size: 14pt; margin: 0 0 6mm; }
  .key { display: flex; gap: 8mm; align-items: center; border: 1pt solid #000; padding: 6mm; break-inside: avoid; }
  .qr { flex: none; width: 50mm; }
  .qr svg { display: block; width: 100%; height: auto; }
  .groups { display: flex; flex-wrap: wrap; gap: 2mm 4mm; margin: 0; font: bold 14pt/1.3 monospace; }
  .groups span:first-child { flex: 0 0 100%; }
`;
