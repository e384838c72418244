import { describe, expect, it } from 'vitest';
import { islandFacts } from '../../../main/core/islands';
import { readPhone } from '../../../main/core/phone';

describe('a telephone number', () => {
  it.each([
    ['18681234567', '18681234567'],
    ['+1 868 555 0110', '18685550110'],
    ['(868) 555-0110', '18685550110'],
    ['628-1234', '18686281234'],
    ['+44 20 7946 0958', '442079460958'],
  ])('%s of Trinidad has the digits %s', (text, digits) => {
    expect(readPhone(text, 'TT')?.digits).toBe(digits);
  });

  it('is shown as people read it', () => {
    expect(readPhone('18681234567', 'TT')?.pretty).toBe('+1 868 123 4567');
  });

  it.each(['12345', 'call us', '999999999999999', ''])('is not %j', (text) => {
    expect(readPhone(text, 'TT')).toBeUndefined();
  });
});

describe('an island', () => {
  it.each([
    ['Trinidad', 'TTD', 'America/Port_of_Spain'],
    ['tobago', 'TTD', 'America/Port_of_Spain'],
    ['St. Lucia', 'XCD', 'America/St_Lucia'],
    ['Trinidad & Tobago', 'TTD', 'America/Port_of_Spain'],
    ['Barbados', 'BBD', 'America/Barbados'],
  ])('%s pays in %s and lives by %s', (name, currency, timezone) => {
    expect(islandFacts(name)).toMatchObject({ currency, timezone });
  });

  it('that is not known has no facts made up for it', () => {
    expect(islandFacts('Atlantis')).toBeUndefined();
  });
});
