import { useEffect, useEffectEvent } from 'react';
import { looksLikeEnv } from './env-text';

/**
 * On a touch screen nobody should have to hit the field first. A whole `.env` file is told apart from one value, also
 * when it is pasted into a field; dialogs have their own fields.
 */
export function usePasteAnywhere(onPaste: (value: string) => void, onEnv: (text: string) => void): void {
  const paste = useEffectEvent((event: ClipboardEvent) => {
    if (event.target instanceof HTMLTextAreaElement) return;
    const text = event.clipboardData?.getData('text') ?? '';
    if (looksLikeEnv(text)) {
      event.preventDefault();
      onEnv(text);
    } else if (!(event.target instanceof HTMLInputElement) && text.trim() !== '') onPaste(text.trim());
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent): void => paste(event);
    document.addEventListener('paste', listener);
    return () => document.removeEventListener('paste', listener);
  }, []);
}
