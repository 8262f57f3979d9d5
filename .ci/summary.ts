/**
 * Adds up the runner's own JSON reports into the line "N passed, N failed", after the names and first words of what failed: a log
 * that was cut to its end still says what to mend. A report that is missing or empty is a failure.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Of one failure; a difference of whole databases would hide the others. */
const MOST_CHARACTERS = 1500;

const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});
type Report = z.infer<typeof Report>;

function read(file: string): Report {
  try {
    return Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.log(`${file} is no report of the runner: ${String(error)}`);
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, success: false, testResults: [] };
  }
}

function failuresOf({ testResults }: Report): readonly string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === 'failed');
    const unloaded = status === 'failed' && failed.length === 0 ? [`${name}\n${message}`] : [];
    return [
      ...unloaded,
      ...failed.map(
        ({ fullName, failureMessages }) => `${name}: ${fullName}\n${failureMessages?.join('\n') ?? ''}`,
      ),
    ].map((text) => text.slice(0, MOST_CHARACTERS));
  });
}

const reports = process.argv.slice(2).map(read);
for (const failure of reports.flatMap(failuresOf)) console.log(`FAILED ${failure}\n`);
const sum = (key: 'numPassedTests' | 'numFailedTests' | 'numPendingTests'): number =>
  reports.reduce((total, report) => total + report[key], 0);
// A suite that could not even be loaded fails without a failed test.
const broken = reports.filter((report) => !report.success && report.numFailedTests === 0).length;
const failed = sum('numFailedTests') + broken;
const skipped = sum('numPendingTests');
console.log(`${sum('numPassedTests')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || sum('numPassedTests') === 0 ? 1 : 0;
