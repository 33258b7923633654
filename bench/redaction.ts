import { pasteFault } from '../src/auth/pastedAddress.ts';
import { redact } from '../src/common/redact.ts';
import { anonymizer } from '../src/diagnosis/anonymizer.ts';
import { HOSTILE_PIECES, repeated } from '../test/unit/common/hostileTexts.ts';
import { type Measurement, median } from './measurement.ts';

const MB = 1_000_000;
const ROUNDS = 3;

/** What is searched through for secrets or for an address, whoever wrote it. */
const SEARCHES: Record<string, (text: string) => unknown> = {
  'redact, for the log': redact,
  'anonymizer, for the report': anonymizer(['alva', '/home/alva', 'C:\\Users\\alva', 'MYPC']),
  'a pasted address': (text) => pasteFault(text, 'state'),
};

/** Measures each search in 1 MB of every hostile text. Returns the slowest text of each search. */
export function redactionTimes(): Measurement[] {
  return Object.entries(SEARCHES).map(([name, search]) => {
    // The first call compiles the patterns.
    search(repeated('x ', MB));
    const times = HOSTILE_PIECES.map((piece) => timeOfSearch(search, repeated(piece, MB)));
    return {
      name: `1 MB of hostile text, ${name}`,
      unit: 'ms',
      figures: { ours: Math.max(...times) },
    };
  });
}

function timeOfSearch(search: (text: string) => unknown, text: string): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const begin = performance.now();
    search(text);
    return performance.now() - begin;
  });
  return median(times);
}
