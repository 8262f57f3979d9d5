import { describe, expect, it } from 'vitest';
import { addRosterChange, type RosterEdit } from './edit-roster.ts';
import { loadConfig } from './load.ts';

const CHANGE: RosterEdit['change'] = {
  at: '2026-10-20T08:00:00Z',
  participants: ['ana', ['ben', 'cleo'], []],
};
const LINE = '{ at: "2026-10-20T08:00:00Z", participants: [ana, [ben, cleo], []] }';

const around = (schedule: string) => `# the people
people: { ana: {}, ben: {}, cleo: {} }
schedules:
  main:
${schedule}
policies: { p: { steps: [{ targets: [{ schedule: main }] }] } } # the end
last_resort: { targets: [{ person: ana }] }
`;

function edit(schedule: string, layer = 0): string {
  const before = around(schedule);
  const edited = addRosterChange(before, { schedule: 'main', layer, change: CHANGE });
  if ('problem' in edited) return edited.problem;
  const loaded = loadConfig(edited.text, { env: {}, file: 'f.yaml' });
  expect('problems' in loaded ? loaded.problems : []).toEqual([]);
  const changes =
    'config' in loaded
      ? loaded.config.directory.schedules.get('main')?.schedule.layers[layer]?.rosterChanges
      : [];
  expect(changes?.at(-1)).toEqual(CHANGE);
  const [head = '', tail = ''] = around('|').split('|');
  expect(edited.text.startsWith(head) && edited.text.endsWith(tail)).toBe(true);
  return edited.text.slice(head.length, -tail.length);
}

const ROTATION = 'rotation: { start_date: 2026-01-05, hand_off: "09:00" }';

describe('a change of a list of people, written into the file', () => {
  it('comes under the list, and comments stay with their lines', () => {
    expect(
      edit(`    time_zone: UTC
    layers:
      - participants: [ana, ben] # a week each
        # on Mondays
        ${ROTATION}`),
    ).toBe(`    time_zone: UTC
    layers:
      - participants: [ana, ben] # a week each
        roster_changes:
          - ${LINE}
        # on Mondays
        ${ROTATION}`);
  });

  it('comes under a list of one person a line, and when the list is the last thing there', () => {
    expect(
      edit(`    layers:
    - ${ROTATION}
      participants:
        - ana # first
        - ben
    time_zone: UTC`),
    ).toBe(`    layers:
    - ${ROTATION}
      participants:
        - ana # first
        - ben
      roster_changes:
        - ${LINE}
    time_zone: UTC`);
  });

  it('goes behind the changes that are there, however they are written', () => {
    const layer = `    time_zone: UTC
    layers:
      - participants: [ana]
        ${ROTATION}
        roster_changes:`;
    expect(
      edit(`${layer}
        - at: "2026-02-01T00:00:00Z" # hello, ben
          participants:
            - ben
    name: Main`),
    ).toContain(`            - ben\n        - ${LINE}\n    name: Main`);
    expect(edit(`${layer} [{ at: "2026-02-01T00:00:00Z", participants: [ben] }] # one`)).toContain(
      `[{ at: "2026-02-01T00:00:00Z", participants: [ben] }, ${LINE}] # one`,
    );
    expect(edit(`${layer} []`)).toContain(`roster_changes: [${LINE}]`);
  });

  it('goes into a layer on one line, and into the layer that is meant', () => {
    expect(
      edit(
        `    time_zone: UTC
    layers:
      - { participants: [ana], ${ROTATION} }
      - { participants: [ben], ${ROTATION} } # nights`,
        1,
      ),
    ).toContain(
      `      - { participants: [ana], ${ROTATION} }
      - { participants: [ben], ${ROTATION}, roster_changes: [${LINE}] } # nights`,
    );
  });

  it('goes into a schedule that was pasted as JSON', () => {
    const rotation = '{"unit": "weeks", "count": 1, "startDate": "2026-01-05", "handoffTime": "09:00"}';
    const pasted = `    schedule: {"timeZone": "UTC", "layers": [{"participants": ["ana"], "rotation": ${rotation}}]}`;
    expect(edit(pasted)).toContain(
      `"rotation": ${rotation}, "rosterChanges": [{ "at": "2026-10-20T08:00:00Z", "participants": ["ana",["ben","cleo"],[]] }]}]}`,
    );
  });

  it('keeps the line ends of the file', () => {
    const text = around(
      `    time_zone: UTC\n    layers:\n      - participants: [ana]\n        ${ROTATION}`,
    ).replaceAll('\n', '\r\n');
    const edited = addRosterChange(text, { schedule: 'main', layer: 0, change: CHANGE });
    expect('text' in edited && edited.text).toContain(
      `- participants: [ana]\r\n        roster_changes:\r\n          - ${LINE}\r\n`,
    );
  });

  it('is left to people where aliases stand for several places at once', () => {
    const shared = `    time_zone: UTC
    layers: [&layer { participants: [ana], ${ROTATION} }, *layer]`;
    expect(edit(shared, 1)).toContain('is written in a way that only people can change safely');
  });
});
