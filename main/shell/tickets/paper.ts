import type { PaperWidth } from '../../core/ticket-layout';

/** What the system can print on, and what a page of ours looks like. */
export interface Paper {
  /** The system's printers: what it calls them, and what people do. */
  devices(): Promise<readonly { readonly device: string; readonly label: string }[]>;
  /** @returns `null` once the system has taken it; its own words when it has not. */
  print(device: string, page: PaperPage): Promise<string | null>;
  /** The same page as a PNG. */
  picture(page: PaperPage): Promise<Uint8Array>;
}

export interface PaperPage {
  readonly html: string;
  readonly width: PaperWidth;
  /** In millimetres. */
  readonly height: number;
}
