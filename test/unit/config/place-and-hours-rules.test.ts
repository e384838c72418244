import { describe, expect, it } from 'vitest';
import { problemText } from '../../../main/config/config-problem';
import { loadLocations } from '../../../main/config/load-locations';
import { locationsText, locationText } from '../../support/location-text';

describe('the place of a restaurant', () => {
  it.each([
    ['[10.2833, -61.4667]', 'Trinidad', null],
    ['[11.18, -60.74]', 'Tobago', null],
    [
      '[11.18, -60.74]',
      'Trinidad',
      /:7:13 warning .*latlon: The place 11.18, -60.74 is not on Trinidad\. Write/,
    ],
    ['[-61.4667, 10.2833]', 'Trinidad', /warning .*The two numbers are swapped: the latitude comes first/],
    ['[10.2833, 61.4667]', 'Trinidad', /warning .*begins with a minus/],
    ['[13.1, -59.6]', 'Barbados', null],
    ['[18.0, -76.8]', 'Jamaica', null],
    ['[12.05, -61.75]', 'Grenada', null],
    ['[14.0, -61.0]', 'St. Lucia', null],
    ['[13.16, -61.23]', 'Saint Vincent', null],
    ['[6.8, -58.16]', 'Guyana', null],
    ['[6.8, -58.16]', 'Jamaica', /warning .*is not on Jamaica/],
  ])('%s on %s', (latlon, island, expected) => {
    const text = locationsText(locationText('A', `latlon: ${latlon}`).replace('"Trinidad"', `"${island}"`));
    const { problems: found, locations } = loadLocations(text, { file: 'l.yaml', production: true });
    expect(found.map(problemText)).toEqual(expected === null ? [] : [expect.stringMatching(expected)]);
    expect(locations).toHaveLength(1);
  });
});

/** The hours stand in line 5; each special date in a line of its own from 6 on. */
function hours(...special: readonly string[]) {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `${day}: []`).join(', ');
  const block = `opening_hours: { mode: Auto, ${days}, special: [\n${special.map((date) => `        ${date}`).join(',\n')}\n      ] }`;
  const text = locationsText(locationText('A').replace('opening_hours: { mode: Open }', block));
  return loadLocations(text, { file: 'l.yaml', production: true }).problems.map(problemText);
}

describe('special dates', () => {
  const open = 'hours: [{ type: Open, time: "11:00" }, { type: Close, time: "15:00" }]';

  it.each([
    ['closed', ['{ date: "2026-12-25", closed: true, name: Christmas }'], []],
    ['with hours, without quotes', [`{ date: 2026-12-24, ${open} }`], []],
    [
      'that the calendar has not',
      ['{ date: "2026-02-30", closed: true }'],
      [/:6:17 error .*special\[0\]\.date: .*calendar.*not “2026-02-30”/],
    ],
    ['in another form', ['{ date: "25.12.2026", closed: true }'], [/:6:17 error .*not “25.12.2026”/]],
    ['left out', ['{ closed: true }'], [/:6:9 error .*This is missing: “date”/]],
    [
      'twice',
      ['{ date: "2026-12-25", closed: true }', '{ date: "2026-12-25", closed: true }'],
      [/:7:17 error .*2026-12-25 stands in line 6 already/],
    ],
    ['with neither', ['{ date: "2026-12-25" }'], [/:6:9 error .*either “closed: true” or “hours:”/]],
    ['with both', [`{ date: "2026-12-25", closed: true, ${open} }`], [/:6:9 error .*either/]],
    [
      'that are not closed',
      ['{ date: "2026-12-25", closed: false }'],
      [/:6:39 error .*Here belongs true, not false/],
    ],
    [
      'with a wrong name',
      ['{ date: "2026-12-25", close: true, closed: true }'],
      [/:6:31 error .*“close” is not known here. Did you mean “closed”\?/],
    ],
    [
      'with hours that run into each other',
      [
        '{ date: "2026-12-25", hours: [{ type: Open, time: "11:00" }, { type: Close, time: "15:00" }, { type: Open, time: "14:00" }, { type: Close, time: "18:00" }] }',
      ],
      [/:6:\d+ warning .*hours\[2\]: These hours run into others/],
    ],
  ])('%s', (_name, special, expected) => {
    expect(hours(...special)).toEqual(expected.map((form) => expect.stringMatching(form)));
  });

  it('twice are told also where the mode ignores the lists', () => {
    const date = '{ date: "2026-12-25", closed: true }';
    const text = locationsText(
      locationText('A').replace('mode: Open', `mode: Open, special: [${date}, ${date}]`),
    );
    expect(loadLocations(text, { file: 'l', production: true }).locations).toEqual([]);
  });
});
