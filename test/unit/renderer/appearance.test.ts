import { describe, expect, it } from 'vitest';
import { schemeAt } from '../../../renderer/ui/appearance';

describe('left to itself, the screen', () => {
  it.each([
    [12 * 60, false, 'light'],
    [20 * 60, false, 'dark'],
    [3 * 60, false, 'dark'],
    [12 * 60, true, 'dark'],
  ])('at minute %i of the day, with a computer set to dark: %s, is %s', (minutes, computerIsDark, scheme) => {
    expect(schemeAt('auto', computerIsDark, minutes)).toBe(scheme);
  });

  it('keeps to what somebody chose', () => {
    expect(schemeAt('light', true, 23 * 60)).toBe('light');
    expect(schemeAt('dark', false, 12 * 60)).toBe('dark');
  });
});
