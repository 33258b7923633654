import assert from 'node:assert/strict';
import { claimShared, type SharedNotice } from '../../../src/provider/sharedNotice.ts';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';
import { MementoNoticeClaims } from '../../../src/web/mementoNoticeClaims.ts';
import { FakeMemento } from '../sessions/fakeWindow.ts';
import { sampleSession } from '../sessions/sampleSession.ts';

const session = (id: string, consentedAt: number) => sampleSession({ id, consentedAt });
const [a, b, c] = [session('a', 1), session('b', 2), session('c', 3)];
const all = [a, b, c];

const notice: SharedNotice = {
  name: ({ id, consentedAt }) => `${id} ${consentedAt}`,
  time: ({ consentedAt }) => consentedAt,
  concerns: () => true,
};

describe('a notice about several sessions', () => {
  let claims: MementoNoticeClaims;
  const claim = (
    of: StoredSession,
    different: Partial<SharedNotice> = {},
    among: readonly StoredSession[] = all,
  ) => claimShared(claims, { ...notice, ...different }, of, among);

  beforeEach(() => (claims = new MementoNoticeClaims(new FakeMemento())));

  it('is shown once, whichever session it begins with', async () => {
    assert.equal(await claim(b), true);
    for (const one of all) assert.equal(await claim(one), false);
  });

  it('is shown once if two windows begin with two sessions at once', async () => {
    assert.deepEqual((await Promise.all([claim(a), claim(b)])).sort(), [false, true]);
  });

  it('is shown once if the first session was removed since', async () => {
    assert.equal(await claim(c), true);
    assert.equal(await claim(a, {}, [a, b]), false);
  });

  it('is shown again for a later consent', async () => {
    assert.equal(await claim(a), true);
    const later = session('d', 4);
    assert.equal(await claim(later, {}, [...all, later]), true);
  });

  it('is shown again for a session that it did not concern', async () => {
    const concerns = ({ id }: StoredSession) => id !== 'b';
    assert.equal(await claim(a, { concerns }), true);
    assert.equal(await claim(b, { concerns: ({ id }) => id === 'b' }), true);
  });

  it('is not shown, and not claimed, while it is needless', async () => {
    assert.equal(await claim(a, { isNeedless: () => true }), false);
    assert.equal(await claim(a), true);
  });
});
