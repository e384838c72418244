import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** What a page looks like: its rows, with what stands out in them marked. */
export interface Page {
  /** Rows of text; `⟦…⟧` is white on black. */
  readonly rows: readonly string[];
  /** Without marks, one row after the other. */
  readonly text: string;
  /** Height of the letters of each row, in the printer's own. */
  readonly sizes: readonly number[];
}

/** An ESC/POS printer on a port of its own: it answers questions about its state, and keeps its pages. */
export class EscposPrinter {
  readonly pages: Page[] = [];
  /** Commands that no test knows: there must be none. */
  readonly unknown: string[] = [];
  /** Connections that were made so far. */
  connections = 0;
  paperLow = false;
  coverOpen = false;
  /** Rows that are left on the roll. */
  paper = Number.POSITIVE_INFINITY;
  /** Takes the bytes and never works through them. */
  swallows = false;
  /** Answers no question. */
  mute = false;
  /** Cuts the line once so many bytes of tickets have come in, and cannot be reached from then on. */
  vanishAfter = Number.POSITIVE_INFINITY;
  /** Milliseconds for one row. */
  rowMs = 0;

  #server = createServer();
  #port = 0;
  readonly #sockets = new Set<Socket>();
  readonly #waiting = new Set<() => void>();
  #queue: { readonly socket: Socket; readonly byte: number }[] = [];
  #busy = false;
  #received = 0;
  /** The command that is being read. */
  #command: number[] = [];
  #row = '';
  #rows: string[] = [];
  #sizes: number[] = [];
  #size = 1;
  #reverse = false;

  static async start(): Promise<EscposPrinter> {
    const printer = new EscposPrinter();
    await printer.appear();
    return printer;
  }

  get port(): number {
    return this.#port;
  }

  /** What has been printed of a page that is not cut yet. */
  get unfinished(): readonly string[] {
    return this.#rows;
  }

  /** Switched on, at the port that it had. */
  async appear(): Promise<void> {
    this.vanishAfter = Number.POSITIVE_INFINITY;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#serve(socket));
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Switched off, in the middle of whatever it does: what is in its memory is lost. */
  async vanish(): Promise<void> {
    this.#queue = [];
    this.#forget();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
    this.#tell();
  }

  /** A new roll, a closed cover: it goes on with what it has. */
  mend(paper = Number.POSITIVE_INFINITY): void {
    this.paper = paper;
    this.coverOpen = false;
    this.swallows = false;
    void this.#work();
  }

  /** Resolves once this is so. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #serve(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    // Questions are answered past everything that waits.
    let asked: number[] = [];
    socket.on('data', (bytes: Buffer) => {
      for (const byte of bytes) {
        asked = [...asked, byte];
        const isQuestion = asked[0] === 0x10 && (asked.length < 2 || asked[1] === 0x04);
        if (isQuestion && asked.length === 3) {
          if (!this.mute) socket.write(Uint8Array.of(this.#status(byte)));
          asked = [];
        } else if (!isQuestion) {
          for (const one of asked) this.#queue.push({ socket, byte: one });
          this.#received += asked.length;
          asked = [];
        }
      }
      this.#tell();
      if (this.#received >= this.vanishAfter) void this.vanish();
      else void this.#work();
    });
    this.#tell();
  }

  #status(asked: number): number {
    const out = this.paper <= 0;
    switch (asked) {
      case 1:
        return 0x12 | (out || this.coverOpen ? 0x08 : 0);
      case 2:
        return 0x12 | (this.coverOpen ? 0x04 : 0) | (out ? 0x20 : 0);
      case 3:
        return 0x12;
      default:
        return 0x12 | (this.paperLow || out ? 0x0c : 0) | (out ? 0x60 : 0);
    }
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#queue.length > 0 && this.paper > 0 && !this.coverOpen && !this.swallows) {
      const [next] = this.#queue.splice(0, 1);
      if (next === undefined) break;
      if (this.#take(next.byte, next.socket) && this.rowMs > 0) {
        await new Promise((resolve) => setTimeout(resolve, this.rowMs));
      }
    }
    this.#busy = false;
    this.#tell();
  }

  /** @returns whether a row was printed. */
  #take(byte: number, socket: Socket): boolean {
    if (this.#command.length === 0) {
      if (byte === 0x0a) return this.#feed();
      if (byte === 0x1b || byte === 0x1d || byte === 0x10 || byte === 0x1c) this.#command = [byte];
      else if (byte < 0x20 || byte === 0x7f) this.unknown.push(byte.toString(16));
      else this.#row += this.#reverse ? `⟦${letter(byte)}⟧` : letter(byte);
      return false;
    }
    this.#command.push(byte);
    const [lead, name, value] = this.#command;
    // Alone among those known, ESC @ and ESC 2 have no value.
    if (lead === 0x1b && (name === 0x40 || name === 0x32)) {
      this.#command = [];
      this.#plain();
    } else if (value !== undefined) {
      this.#command = [];
      return this.#obey(
        `${lead === 0x1b ? 'ESC' : lead === 0x1d ? 'GS' : 'other'} ${String.fromCharCode(name ?? 0)}`,
        value,
        socket,
      );
    }
    return false;
  }

  #obey(command: string, value: number, socket: Socket): boolean {
    switch (command) {
      case 'GS !':
        this.#size = (value & 0x07) + 1;
        return false;
      case 'GS B':
        this.#reverse = (value & 1) === 1;
        return false;
      case 'GS V':
        this.#cut();
        return true;
      case 'GS r':
        if (!this.mute) socket.write(Uint8Array.of(this.paperLow ? 0x03 : 0x00));
        return false;
      case 'ESC d':
        this.paper -= value;
        return true;
      case 'ESC t':
        if (value !== 2) this.unknown.push(`ESC t ${value}`);
        return false;
      case 'ESC E':
      case 'ESC a':
      case 'GS a':
        return false;
      default:
        this.unknown.push(`${command} ${value}`);
        return false;
    }
  }

  #feed(): boolean {
    this.#rows.push(this.#row.replaceAll('⟧⟦', ''));
    this.#sizes.push(this.#size);
    this.#row = '';
    this.paper -= this.#size;
    this.#tell();
    return true;
  }

  #cut(): void {
    const rows = this.#rows;
    this.pages.push({ rows, sizes: this.#sizes, text: rows.join('\n').replace(/[⟦⟧]/g, '') });
    this.#forget();
    this.#tell();
  }

  #plain(): void {
    this.#size = 1;
    this.#reverse = false;
  }

  #forget(): void {
    this.#command = [];
    this.#row = '';
    this.#rows = [];
    this.#sizes = [];
    this.#received = 0;
    this.#plain();
  }

  #tell(): void {
    for (const look of [...this.#waiting]) look();
  }
}

/** A byte as code page 850 has it, as far as tests read it. */
const PAGE_850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

function letter(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : (PAGE_850[byte - 0x80] ?? '?');
}
