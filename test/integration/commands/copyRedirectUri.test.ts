import assert from 'node:assert/strict';
import { copyRedirectUri } from '../../../src/commands/copyRedirectUri.ts';
import type { CommandContext } from '../../../src/commands/commandContext.ts';
import { queryEnvironment } from '../../../src/flows/queryEnvironment.ts';
import { Outside } from '../outside.ts';
import { Settings } from '../settings.ts';
import { ShownMessages } from '../shownMessages.ts';

describe('the command Copy Redirect URI', () => {
  let outside: Outside;
  let messages: ShownMessages;
  let settings: Settings;

  beforeEach(() => {
    outside = new Outside();
    messages = new ShownMessages();
    settings = new Settings();
  });
  afterEach(async () => {
    outside[Symbol.dispose]();
    messages[Symbol.dispose]();
    await settings[Symbol.asyncDispose]();
  });

  const environment = { queryEnvironment: () => queryEnvironment('local') };
  const run = () => copyRedirectUri({ environment } as unknown as CommandContext);

  it('copies the redirect URI, says what to do with it, and opens the dashboard', async () => {
    const running = run();
    const copied = await messages.waitFor(
      /^http:\/\/127\.0\.0\.1\/callback is copied\. In the dashboard, /,
    );
    assert.deepEqual(
      [copied.severity, copied.buttons],
      ['information', ['Open Spotify Dashboard']],
    );
    assert.equal(outside.copied, 'http://127.0.0.1/callback');
    copied.answer('Open Spotify Dashboard');
    await running;
    assert.deepEqual(outside.opened, ['https://developer.spotify.com/dashboard']);
  });

  it('says what is wrong with a redirect URI that Spotify would refuse, and copies nothing', async () => {
    await settings.set('redirectUri', 'http://localhost/callback');
    const running = run();
    const refused = await messages.waitFor(/^Spotify does not accept “localhost”/);
    assert.equal(outside.copied, '');
    await settings.set('redirectUri', 'http://127.0.0.1:8914/callback');
    refused.answer('Try Again');
    const copied = await messages.waitFor(/^http:\/\/127\.0\.0\.1:8914\/callback is copied/);
    assert.equal(outside.copied, 'http://127.0.0.1:8914/callback');
    copied.answer();
    await running;
  });
});
