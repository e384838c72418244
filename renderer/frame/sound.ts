import attentionUrl from '../../assets/sounds/attention.wav';
import newOrderUrl from '../../assets/sounds/new-order.wav';
import louderUrl from '../../assets/sounds/new-order-louder.wav';

/** The sounds of the counter. Only one is heard at a time, and a ring comes before everything else. */
export type Ringing = 'soft' | 'loud' | null;

const SOFT_VOLUME = 0.7;

const elements = new Map<string, HTMLAudioElement>();
let ringing: Ringing = null;
let blocked = false;
const listeners = new Set<() => void>();

function element(url: string): HTMLAudioElement {
  const known = elements.get(url);
  if (known !== undefined) return known;
  const made = new Audio(url);
  made.preload = 'auto';
  elements.set(url, made);
  return made;
}

function setBlocked(now: boolean): void {
  if (blocked === now) return;
  blocked = now;
  for (const listener of listeners) listener();
}

function play(url: string, volume: number, loop: boolean): void {
  const audio = element(url);
  audio.volume = volume;
  audio.loop = loop;
  audio.currentTime = 0;
  audio.play().then(
    () => setBlocked(false),
    (error: unknown) => {
      // Silenced by ourselves before it began; everything else means that nobody hears the ring.
      if (!(error instanceof DOMException && error.name === 'AbortError')) setBlocked(true);
    },
  );
}

function silence(): void {
  for (const audio of elements.values()) audio.pause();
}

/** Rings until told otherwise. */
export function ring(how: Ringing): void {
  if (how === ringing) return;
  ringing = how;
  silence();
  if (how === 'soft') play(newOrderUrl, SOFT_VOLUME, true);
  if (how === 'loud') play(louderUrl, 1, true);
}

/** One call for a person, unless it rings anyway. */
export function callForAttention(): void {
  if (ringing === null) play(attentionUrl, SOFT_VOLUME, false);
}

/** What a ring sounds like here; also how a person lets a silent page ring again. */
export function testSound(): void {
  if (ringing === null) play(newOrderUrl, SOFT_VOLUME, false);
  else if (ringing === 'soft') play(newOrderUrl, SOFT_VOLUME, true);
  else play(louderUrl, 1, true);
}

export function subscribeToSound(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** This computer refused to play: somebody has to touch the screen first, or there is no loudspeaker. */
export function isSoundBlocked(): boolean {
  return blocked;
}
