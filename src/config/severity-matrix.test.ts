import { describe, expect, it } from 'vitest';
import { GOOD, problemsIn } from '../../test/support/config-file.ts';

describe('what severities are computed from', () => {
  const withMatrix = (matrix: string, more = '') => problemsIn(`${GOOD}severity_matrix: ${matrix}\n${more}`);

  it('is a table of impacts and urgencies, each row with the same', () => {
    expect(withMatrix('{ high: { now: sev1, later: sev2 }, low: { later: sev3, now: sev2 } }')).toEqual([]);
    expect(withMatrix('{}').join()).toContain('is empty: write `high: { high: sev1, low: sev2 }`');
    expect(withMatrix('{ high: { now: sev1, later: sev2 }, low: { now: sev2 } }').join()).toContain(
      'severity_matrix.low must have the urgencies of the first impact: now, later.',
    );
  });

  it('names severities, and is named by services, routes and settings', () => {
    expect(withMatrix('{ high: { now: sev9 } }').join()).toContain('names `sev9`, which is not a severity');
    const matrix = '{ high: { now: sev1 } }';
    expect(withMatrix(matrix, 'routes: [{ impact: hi, urgency: soon }]').join('\n')).toMatch(
      /`hi`, which is not an impact of severity_matrix. Did you mean `high`.*\n.*`soon`, which is not an urgency of severity_matrix/,
    );
    expect(problemsIn(`${GOOD}settings: { alert_urgency: { critical: now } }\n`).join()).toContain(
      '`now`, which is not an urgency of severity_matrix. The file has none yet: add it.',
    );
  });
});
