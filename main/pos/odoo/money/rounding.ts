/**
 * To a multiple of `step`, halves away from zero, as Odoo rounds: what lies a hair below a half because of binary
 * fractions counts as the half. Written by hand since no decimal library has this tolerance, and the cents must be
 * Odoo's.
 */
export function roundTo(amount: number, step: number): number {
  if (step === 0 || !Number.isFinite(amount)) return amount;
  const steps = amount / step;
  // One unit in the last place of the largest amounts that a till has.
  const hair = Math.abs(steps) * 2 ** -50;
  const whole = Math.sign(steps) * Math.floor(Math.abs(steps) + 0.5 + hair);
  // Of 1234 × 0.01 only the decimal text has no binary remainder.
  return Number((whole * step).toPrecision(15));
}
