/**
 * Reads how many tests passed and failed out of the reports of vitest and Playwright. A suite that crashed, left no
 * report, or ended badly for a reason that no test shows, counts as one failed test: silence never counts as success.
 */
import { existsSync, readFileSync } from 'node:fs';

/** `{ passed, failed }` of a vitest JSON report; a file that could not even be loaded is a failed test. */
export function readVitest(file, exitCode) {
  return counted(file, exitCode, (report) => ({
    passed: report.numPassedTests,
    failed:
      report.numFailedTests +
      report.testResults.filter(
        ({ status, assertionResults }) => status === 'failed' && allPassed(assertionResults),
      ).length,
  }));
}

/** `{ passed, failed }` of a Playwright JSON report; a test that passed when tried again has passed. */
export function readPlaywright(file, exitCode) {
  return counted(file, exitCode, ({ stats, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (errors?.length ?? 0),
  }));
}

function allPassed(results) {
  return results.every(({ status }) => status !== 'failed');
}

function counted(file, exitCode, count) {
  let result = { passed: 0, failed: 0 };
  if (existsSync(file)) {
    try {
      result = count(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      // Half a report: its runner was ended while writing, so its exit code tells.
      return { passed: 0, failed: 1 };
    }
  } else if (exitCode === 0) {
    return { passed: 0, failed: 1 };
  }
  return exitCode !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
}
