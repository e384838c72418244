import { IconBackspace } from '@tabler/icons-react';
import { useEffect, useEffectEvent } from 'react';
import { Button } from '../../ui/button';
import { PIN_LONGEST, PIN_SHORTEST, padKey, typed } from './pin-entry';
import styles from './pin-pad.module.css';

interface PinPadProps {
  readonly pin: string;
  /** What the large key says: “Unlock”. */
  readonly enter: string;
  readonly pending: boolean;
  /** Nothing is taken, because it would not be looked at. */
  readonly disabled?: boolean;
  /** From what is typed to what is typed then: two keys may come before the next paint. */
  readonly onPin: (change: (pin: string) => string) => void;
  readonly onEnter: () => void;
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Digits for wet fingers; a keyboard works as well. The digits themselves are not shown. */
export function PinPad({ pin, enter, pending, disabled = false, onPin, onEnter }: PinPadProps) {
  const press = (key: string): void => {
    const meant = padKey(key);
    if (meant === null || disabled || pending) return;
    if (meant.kind !== 'enter') onPin((before) => typed(before, meant));
    else if (pin.length >= PIN_SHORTEST) onEnter();
  };
  useKeyboard(press);
  return (
    <div className={styles.pad}>
      <p className={styles.dots} role="status" aria-label={`${pin.length} digits typed`}>
        {Array.from({ length: PIN_LONGEST }, (_, at) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a place, not a thing.
            key={at}
            data-filled={at < pin.length || undefined}
            data-spare={at >= PIN_SHORTEST || undefined}
          />
        ))}
      </p>
      <div className={styles.keys}>
        {DIGITS.map((digit) => (
          <Button key={digit} className={styles.key} disabled={disabled} onClick={() => press(digit)}>
            {digit}
          </Button>
        ))}
        <Button
          tone="quiet"
          className={styles.key}
          aria-label="Delete the last digit"
          disabled={disabled}
          onClick={() => press('Backspace')}
        >
          <IconBackspace size={30} aria-hidden="true" />
        </Button>
        <Button className={styles.key} disabled={disabled} onClick={() => press('0')}>
          0
        </Button>
        <Button
          tone="primary"
          className={styles.enter}
          disabled={disabled || pin.length < PIN_SHORTEST}
          pending={pending}
          onClick={() => press('Enter')}
        >
          {enter}
        </Button>
      </div>
    </div>
  );
}

/** Keys that are not meant for a field or a button somewhere else. */
function useKeyboard(onKey: (key: string) => void): void {
  const take = useEffectEvent((event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    if (event.ctrlKey || event.metaKey || event.altKey || padKey(event.key) === null) return;
    // Enter on a focused button is that button's own.
    if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    onKey(event.key);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => take(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
