import { clipboard } from 'electron';

/** Long enough to paste it into the website's form. */
const KEPT_MS = 60_000;

/** Puts a secret on the clipboard without the screen ever seeing it, and takes it off again unless it is gone by then. */
export function copySecret(secret: string): void {
  clipboard.writeText(secret);
  setTimeout(async () => {
    // Newer runtimes answer with a promise, older ones at once.
    if ((await clipboard.readText()) === secret) clipboard.clear();
  }, KEPT_MS).unref();
}

export function copyText(text: string): void {
  clipboard.writeText(text);
}
