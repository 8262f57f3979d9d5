/** Adds up the runner's own JSON reports into the line "N passed, N failed". A report that is missing or empty is a failure. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  success: z.boolean(),
});

function read(file: string): z.infer<typeof Report> {
  try {
    return Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.log(`${file} is no report of the runner: ${String(error)}`);
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, success: false };
  }
}

const reports = process.argv.slice(2).map(read);
const sum = (key: 'numPassedTests' | 'numFailedTests' | 'numPendingTests'): number =>
  reports.reduce((total, report) => total + report[key], 0);
// A suite that could not even be loaded fails without a failed test.
const broken = reports.filter((report) => !report.success && report.numFailedTests === 0).length;
const failed = sum('numFailedTests') + broken;
const skipped = sum('numPendingTests');
console.log(`${sum('numPassedTests')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || sum('numPassedTests') === 0 ? 1 : 0;
