import { unreachable } from './never';

/** What is wrong with a printer. `silent`: it can be reached and does not say how it is. */
export type PrinterTrouble =
  | 'off'
  | 'silent'
  | 'no_paper'
  | 'cover_open'
  | 'cutter'
  | 'fault'
  | 'paused'
  | 'gone';

/** What is wrong and what to do, without the printer's name: `no paper. Put in a new roll.` */
export function troubleWords(trouble: PrinterTrouble): string {
  switch (trouble) {
    case 'off':
      return 'it cannot be reached. Look whether it is on and its cable is in.';
    case 'silent':
      return 'it does not say how it is. Switch it off and on.';
    case 'no_paper':
      return 'no paper. Put in a new roll.';
    case 'cover_open':
      return 'its cover is open. Close it.';
    case 'cutter':
      return 'its knife is stuck. Open the cover, take the paper out, and switch it off and on.';
    case 'fault':
      return 'it reports a fault. Switch it off and on.';
    case 'paused':
      return 'it is paused. Press its feed button.';
    case 'gone':
      return 'it went away while it printed. Look whether it is on and its cable is in.';
    default:
      return unreachable(trouble);
  }
}

/** `Kitchen: no paper. Put in a new roll. 3 tickets wait.` @param standIn the printer that prints in its place */
export function printerWords(
  name: string,
  trouble: PrinterTrouble,
  waiting: number,
  standIn: string | null,
): string {
  const words = `${name}: ${troubleWords(trouble)}`;
  if (standIn !== null) return `${words} Its tickets come out at ${standIn}.`;
  if (waiting === 0) return words;
  return `${words} ${waiting === 1 ? '1 ticket waits.' : `${waiting} tickets wait.`}`;
}

/** Why nobody knows whether a ticket was printed. */
export function unclearWords(name: string, trouble: PrinterTrouble): string {
  switch (trouble) {
    case 'gone':
    case 'off':
      return `${name} went away while it printed.`;
    case 'no_paper':
      return `${name} ran out of paper while it printed.`;
    case 'cover_open':
      return `The cover of ${name} was opened while it printed.`;
    case 'silent':
    case 'cutter':
    case 'fault':
    case 'paused':
      return `${name} took it and did not say that it was printed.`;
    default:
      return unreachable(trouble);
  }
}

/** The app ended while a printer had the ticket. */
export const STOPPED_WORDS = 'Tillside stopped while it was printed.';
