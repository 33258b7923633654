import fc from 'fast-check';
import { serializeSession, type StoredSession } from '../../../src/sessions/storedSession.ts';
import { sampleSession } from './sampleSession.ts';

const text = fc.string({ unit: 'binary', minLength: 1 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const whole = fc.nat();

/** Any session that can be stored. */
export const anySession: fc.Arbitrary<StoredSession> = fc.record(
  {
    id: text,
    client: fc.record({ id: text, source: fc.constantFrom('settings', 'extension') }),
    account: fc.record({ id: text, profileId: text, label: text }),
    scopes: fc.array(text),
    token: fc.record(
      { accessToken: text, expiresAt: number, refreshToken: text, scope: fc.string() },
      { requiredKeys: ['accessToken', 'expiresAt'] },
    ),
    consentedAt: number,
    revision: whole,
    refreshedAt: number,
    suspendedAt: number,
  },
  { requiredKeys: ['id', 'client', 'account', 'scopes', 'token', 'consentedAt', 'revision'] },
);

/** The record of the sample session, with another value at `path`. */
export function recordWith(path: readonly string[], value: unknown): string {
  const record = JSON.parse(serializeSession(sampleSession())) as Record<string, unknown>;
  let holder = record;
  for (const name of path.slice(0, -1)) holder = holder[name] as Record<string, unknown>;
  holder[path.at(-1) ?? ''] = value;
  return JSON.stringify(record);
}
