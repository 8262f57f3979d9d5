import { describe, expect, it } from 'vitest';
import { aDirectory } from '../../../test/support/directory.ts';
import { anIncident } from '../../../test/support/incident.ts';
import { runningSummary } from './running-summary.ts';

describe('the running summary', () => {
  it('shows what came from outside as text, whatever it is made of', () => {
    const incident = anIncident({
      summary: '# not a heading\n<!channel> [here](https://evil.example) ![](@U0ANA)',
      tasks: [
        {
          number: 1,
          text: '**now** `rm`',
          owner: 'ben',
          due: null,
          doneAt: new Date(),
          addedBy: { kind: 'bot' },
        },
      ],
    });
    const { markdown } = runningSummary(incident, { events: [], directory: aDirectory() });

    expect(markdown).toContain(String.raw`\# not a heading`);
    expect(markdown).toContain('&lt;!channel&gt;');
    expect(markdown).not.toContain('](https://evil.example');
    expect(markdown).not.toContain('![](');
    expect(markdown).toContain(String.raw`~~1\. \*\*now\*\*`);
  });

  it('says how to write down what is known while nobody has', () => {
    const { markdown } = runningSummary(anIncident(), { events: [], directory: aDirectory() });
    expect(markdown).toContain('type_ `summary …`');
    expect(markdown).not.toContain('## Tasks');
  });
});
