import assert from 'node:assert/strict';
import { SCOPES } from '../asConsumer.ts';
import { MovedClock } from '../movedClock.ts';
import { TestEditor } from '../testEditor.ts';
import { TestWindow } from '../testWindow.ts';
import { integrationSuite } from '../suite.ts';

const DAY = 24 * 3600;
/** Spotify’s six months as the extension counts them. */
const LIFETIME_DAYS = 181;

describe('a notice that the user did not ask for', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });

  it('announces the end of the six months 14 days and 3 days before, once for all windows', async () => {
    const { storage, window, messages } = suite.editor;
    const { id } = await window.provider.createSession(SCOPES);
    using other = new TestWindow(storage);
    using clock = new MovedClock();
    const textsAfter = async (days: number) => {
      clock.aheadSeconds = days * DAY;
      for (const { provider } of [window, other, window]) await provider.getSessions(SCOPES);
      await Promise.all([window.allMessagesShown(), other.allMessagesShown()]);
      return messages.texts;
    };
    assert.deepEqual(await textsAfter(LIFETIME_DAYS - 14.1), []);
    const early = /^Spotify ends the session of Alva Lind in 14 days\./;
    const late = /^Spotify ends the session of Alva Lind in 3 days\./;
    assertMatch(await textsAfter(LIFETIME_DAYS - 13.9), [early]);
    assertMatch(await textsAfter(LIFETIME_DAYS - 3.1), [early]);
    assertMatch(await textsAfter(LIFETIME_DAYS - 2.9), [early, late]);

    const { consentedAt } = storage.record();
    assert.deepEqual(messages.all[1]?.buttons, ['Sign In Again']);
    messages.all[1].answer('Sign In Again');
    while (storage.record().consentedAt === consentedAt) await window.allMessagesShown();
    assert.equal(storage.record().id, id);
    await window.provider.getSessions(SCOPES);
    await window.allMessagesShown();
    assert.equal(messages.all.length, 2);
  });

  it('reports a record that cannot be read, with a button that removes it', async () => {
    const { storage, messages } = suite.editor;
    storage.secrets.stored.set('session:broken', 'not json');
    using opened = new TestWindow(storage);
    assert.deepEqual(await opened.provider.getSessions(undefined), []);
    const message = await messages.waitFor(/^A stored Spotify session cannot be read\./);
    assert.deepEqual(message.buttons, ['Remove', 'Show Log']);
    assert.ok(storage.secrets.stored.has('session:broken'));
    message.answer('Remove');
    while (storage.secrets.stored.has('session:broken')) await opened.allMessagesShown();
    using again = new TestWindow(storage);
    await again.provider.getSessions(undefined);
    await again.allMessagesShown();
    assert.equal(messages.all.length, 1);
  });

  it('reports once that a keyring has lost the sessions', async () => {
    const { storage, window, messages } = suite.editor;
    await window.provider.createSession(SCOPES);
    storage.secrets.stored.clear();
    for (let start = 0; start < 2; start++) {
      using opened = new TestWindow(storage);
      assert.deepEqual(await opened.provider.getSessions(undefined), []);
      await opened.allMessagesShown();
      assert.equal(messages.all.length, 1);
    }
    assert.match(messages.texts[0] ?? '', /^Your Spotify sessions did not survive the restart/);
    assert.deepEqual(messages.all[0]?.buttons, ['Learn More']);
  });
});

function assertMatch(texts: readonly string[], patterns: readonly RegExp[]): void {
  assert.equal(texts.length, patterns.length);
  for (const [index, pattern] of patterns.entries()) assert.match(texts[index] ?? '', pattern);
}
