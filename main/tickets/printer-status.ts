import type { PrinterTrouble } from '../core/ticket-words';
import type { PrinterState } from './printer';

/** Asks at once, past everything that waits in the printer: DLE EOT n. What `n` asks is in `STATUS_ASKED`. */
export function statusRequest(n: number): Uint8Array {
  return Uint8Array.of(0x10, 0x04, n);
}

/** The printer itself, why it is off-line, what its fault is, its paper. */
export const STATUS_ASKED = [1, 2, 3, 4] as const;

/**
 * Asks in turn, behind everything that was sent before: GS r 1. Its answer proves that the printer has worked through all of
 * that, the knife included.
 */
export const PAPER_REQUEST = Uint8Array.of(0x1d, 0x72, 0x01);

/** Messages that nobody asked for (GS a) would stand between the answers: none of them, please. */
export const NO_MESSAGES = Uint8Array.of(0x1d, 0x61, 0x00);

/** What a byte from the printer is an answer to; the kinds are told apart by bits that Epson fixed. */
export type AnswerKind = 'status' | 'message' | 'paper' | 'nonsense';

export function answerKind(byte: number): AnswerKind {
  if ((byte & 0x93) === 0x12) return 'status';
  if ((byte & 0x93) === 0x10) return 'message';
  if ((byte & 0x90) === 0x00) return 'paper';
  return 'nonsense';
}

/** Three more bytes belong to a message that nobody asked for. */
export const MESSAGE_REST = 3;

/** @param answers to `STATUS_ASKED`, in that order. */
export function printerState([
  printer = 0,
  offline = 0,
  fault = 0,
  paper = 0,
]: readonly number[]): PrinterState {
  const trouble = troubleOf(printer, offline, fault, paper);
  return trouble === null ? { kind: 'ready', paperLow: (paper & 0x0c) !== 0 } : { kind: 'trouble', trouble };
}

/** What to mend first: an open cover makes the paper seem gone, too. */
function troubleOf(printer: number, offline: number, fault: number, paper: number): PrinterTrouble | null {
  if (offline & 0x04) return 'cover_open';
  if (paper & 0x60 || offline & 0x20) return 'no_paper';
  if (fault & 0x08) return 'cutter';
  if (fault & 0x64 || offline & 0x40) return 'fault';
  if (printer & 0x08 || offline & 0x08) return 'paused';
  return null;
}

/** Whether the roll ends soon, by the answer to `PAPER_REQUEST`. */
export function isPaperLow(answer: number): boolean {
  return (answer & 0x03) !== 0;
}
