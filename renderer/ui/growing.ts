import { startTransition, useEffect, useState } from 'react';

interface Growing {
  /** So many are shown. */
  readonly shown: number;
  /** For what stands behind the last one, and is itself never seen: it comes near, and more are shown. */
  readonly end: (element: HTMLElement | null) => (() => void) | undefined;
}

/**
 * A list that is only as long as somebody has looked at: thousands of cards that nobody sees would hold up those that
 * somebody does. The first few can be touched at once; the rest of a step follows.
 */
export function useGrowing(first: number, step: number): Growing {
  const [shown, setShown] = useState(first);
  useEffect(() => startTransition(() => setShown((before) => Math.max(before, step))), [step]);
  const [end] = useState(() => (element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      startTransition(() => setShown((before) => (before < step ? step : before + step)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  });
  return { shown, end };
}
