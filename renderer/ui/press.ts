/**
 * A touch looks pressed at once. Chromium's `:active` waits about a tenth of a second on a touch screen, to see whether
 * the finger scrolls; in a rush that reads as "it did not take".
 */
export function startPressing(): void {
  let pressed: HTMLElement | null = null;
  const release = (): void => {
    if (pressed !== null) delete pressed.dataset.pressed;
    pressed = null;
  };
  const press = ({ target }: PointerEvent): void => {
    release();
    const button = target instanceof Element ? target.closest('button') : null;
    if (button === null) return;
    pressed = button;
    pressed.dataset.pressed = 'true';
  };
  const options = { capture: true, passive: true };
  document.addEventListener('pointerdown', press, options);
  document.addEventListener('pointerup', release, options);
  document.addEventListener('pointercancel', release, options);
}
