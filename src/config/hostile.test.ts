import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GOOD, problemsIn } from '../../test/support/config-file.ts';
import { loadConfig } from './load.ts';

const EXAMPLE = readFileSync(new URL('../../examples/firebell.yaml', import.meta.url), 'utf8');

describe('the environment', () => {
  const mail = GOOD + 'notify:\n  email: { host: mail, password: "${SMTP_PASSWORD}", from: "${FROM}" }\n';

  it('names a variable that is not set, and says nothing more about its value', () => {
    expect(problemsIn(mail, { SMTP_PASSWORD: 'x' })).toEqual([
      'f:22:60: error: notify.email.from names the environment variable FROM, which is not set or empty. Set it before Firebell starts, or write $${FROM} if you mean the text itself.',
    ]);
  });

  it('never shows what a variable holds', () => {
    const found = problemsIn(mail, { SMTP_PASSWORD: 'x', FROM: 'a secret that is not an address' }).join(
      '\n',
    );
    expect(found).toContain('notify.email.from must be an address');
    expect(found).not.toContain('a secret');
  });
});

describe('YAML', () => {
  it.each([
    [
      'people:\n\tana: {}',
      'f:2:1: error: This is not valid YAML: a tab indents this line. Indent with spaces, two for each level.',
    ],
    ['people: a: b', 'f:1:9: error: This is not valid YAML: a second `key:` on one line'],
    [
      'people: {ana: {name: ${NAME}}}',
      'f:1:23: error: This is not valid YAML: inside { } and [ ], `${…}` needs quotes: "${NAME}".',
    ],
    [
      'people: [ana',
      'error: This is not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]. Close what was opened',
    ],
    [
      'people: @ana',
      'f:1:9: error: This is not valid YAML: text must not begin with this character. Put it in quotes.',
    ],
    ['people: {}\n---\nteams: {}', 'error: This is not valid YAML: a second document begins here.'],
    ['people: !secret x', 'f:1:9: error: This is not valid YAML: tags that begin with ! are not used here.'],
    ['people: *ana', 'f:1:9: error: people names the anchor `ana`, which is not in the file before it.'],
    ['', 'f:1:1: error: The file is empty: begin with a copy of examples/firebell.yaml.'],
    ['just text', 'f:1:1: error: The file must be a map of `key: value` lines, not the text `just text`.'],
    ['? [a]\n: b', 'has a key that is not a plain word.'],
  ])('%j', (text, problem) => {
    expect(problemsIn(text).join('\n')).toContain(problem);
  });

  it('says no to aliases that multiply, to deep nesting and to huge files, at once', () => {
    const bomb = `a0: &a0 [x, x]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n')}\n`;
    expect(problemsIn(bomb).join('\n')).toContain('is nested too deeply, or its aliases make it too large.');
    expect(problemsIn('a: &a [*a]').join('\n')).toContain('is nested too deeply');
    expect(problemsIn(`a: ${'['.repeat(100_000)}`).join('\n')).toContain('nested too deeply');
    expect(problemsIn('#'.repeat(5_000_001)).join('\n')).toContain('is larger than 5 MB');
  });
});

it('names all problems at once, in the order of the file, whatever else is wrong beside them', () => {
  const text = `people:
  ana: { zone: Mars, handles: { slack: u1 } }
  ben: { zome: UTC, handles: { slack: U1 } }
teams: { core: { members: [ann] } }
policies:
  a: { steps: [{ targets: [{ person: ben }], ack_within: 1s }], then: b }
  b: { steps: [], then: a }
routes: [{ severity: sev7 }]
url: "\${URL}"
`;
  expect(problemsIn(text).map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
    'f:1:1: error: last_resort is',
    'f:2:16: error: people.ana.zone: unknown',
    'f:3:10: error: people.ben.zome is',
    'f:3:39: error: people.ben.handles.slack is',
    'f:4:28: error: teams.core.members[0] names',
    'f:6:58: error: policies.a.steps[0].ack_within must',
    'f:6:71: error: policies.a.then leads',
    'f:7:15: error: policies.b.steps has',
    'f:8:22: error: routes[0].severity names',
    'f:9:6: error: url names',
  ]);
});

describe('whatever the text', () => {
  it('never throws, and every problem has a place', () => {
    const expectSound = (text: string) => {
      const loaded = loadConfig(text, { env: {}, file: 'f' });
      const problems = 'problems' in loaded ? loaded.problems : loaded.warnings;
      if ('problems' in loaded) expect(problems.length).toBeGreaterThan(0);
      const lines = text.split(/\r\n|[\r\n]/).length + 1;
      for (const { line, column, message } of problems) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines);
        expect(column).toBeGreaterThan(0);
        expect(message).not.toContain('undefined');
      }
    };
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectSound), { numRuns: 100 });
    fc.assert(fc.property(mutated(), expectSound), { numRuns: 100 });
    fc.assert(fc.property(fc.json({ maxDepth: 4 }), expectSound), { numRuns: 100 });
  });
});

/** The example with a few pieces cut out, doubled, moved elsewhere or replaced by noise. */
function mutated(): fc.Arbitrary<string> {
  const cut = fc.record({
    from: fc.nat(EXAMPLE.length),
    length: fc.nat(40),
    to: fc.nat(EXAMPLE.length),
    noise: fc.oneof(
      fc.constantFrom(
        '',
        ':',
        '[',
        '{',
        '&a ',
        '*a ',
        '- ',
        '\n',
        '\t',
        '${X}',
        'null',
        '<<: ',
        '__proto__: ',
        '0x1f',
        '!!set ',
      ),
      fc.string({ maxLength: 5 }),
    ),
  });
  return fc.array(cut, { minLength: 1, maxLength: 6 }).map((cuts) =>
    cuts.reduce((text, { from, length, to, noise }) => {
      const piece = text.slice(from, from + length);
      const rest = text.slice(0, from) + text.slice(from + length);
      return `${rest.slice(0, to)}${noise}${piece}${rest.slice(to)}`;
    }, EXAMPLE),
  );
}
