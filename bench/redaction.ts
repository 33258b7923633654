import { pasteFault } from '../src/auth/pastedAddress.ts';
import { redact } from '../src/common/redact.ts';
import { anonymizer } from '../src/diagnosis/anonymizer.ts';
import { HOSTILE_PIECES, repeated } from '../test/unit/common/hostileTexts.ts';
import type { Samples } from './run.ts';

const MB = 1_000_000;
/** Two lengths show whether the time of a search grows faster than its text. */
const LENGTHS = [MB / 4, MB];
const ROUNDS = 3;

/** What is searched through for secrets or for an address, whoever wrote it. */
const SEARCHES: Record<string, (text: string) => unknown> = {
  'redact, for the log': redact,
  'anonymizer, for the report': anonymizer(['alva', '/home/alva', 'C:\\Users\\alva', 'MYPC']),
  'a pasted address': (text) => pasteFault(text, 'state'),
};

/** Measures the searches in hostile texts of two lengths, in milliseconds per MB of text. */
export function redactionTimes(): Samples {
  const samples = new Map<string, readonly number[]>();
  for (const [name, search] of Object.entries(SEARCHES)) {
    // The first call compiles the patterns.
    search(repeated('x ', MB));
    for (const piece of HOSTILE_PIECES) {
      for (const length of LENGTHS) {
        const text = repeated(piece, length);
        const values = Array.from({ length: ROUNDS }, () => timePerMb(search, text));
        samples.set(`${name}: ${JSON.stringify(piece).slice(0, 14)}, ${length / 1000} KB`, values);
      }
    }
  }
  return samples;
}

function timePerMb(search: (text: string) => unknown, text: string): number {
  const start = performance.now();
  search(text);
  return ((performance.now() - start) * MB) / text.length;
}
