import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { out } from './paths.ts';

/** How tests have ended. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const file = path.join(out, 'test-counts');

/** Has the reporters of all runs from here on write into one file. */
export function startCounting(): void {
  mkdirSync(out, { recursive: true });
  rmSync(file, { force: true });
  process.env['TEST_COUNTS'] = file;
}

/** The sum of what the reporters have written so far. */
export function counts(): Counts {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  if (!existsSync(file)) return sum;
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const [passed = 0, failed = 0, skipped = 0] = line.split(' ').map(Number);
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}
