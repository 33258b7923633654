import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { App } from '../../spotify/index.ts';
import { accountLabels } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { Outside } from '../outside.ts';
import { QuickInputs } from '../quickInputs.ts';
import { Settings } from '../settings.ts';
import { SetUpSteps } from '../setUpSteps.ts';
import { ShownMessages } from '../shownMessages.ts';
import { integrationSuite } from '../suite.ts';

/** About src/setUp/clientIdSetUp.ts, as the command of the palette runs it. */
describe('the command Set Up Client ID', () => {
  const suite = integrationSuite();
  let app: App;
  let inputs: QuickInputs;
  let messages: ShownMessages;
  let outside: Outside;
  let settings: Settings;
  let steps: SetUpSteps;

  beforeEach(() => {
    app = suite.spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    settings = suite.use(new Settings());
    outside = suite.use(new Outside());
    messages = suite.use(new ShownMessages());
    inputs = suite.use(new QuickInputs());
    steps = new SetUpSteps(inputs);
  });

  const run = () => vscode.commands.executeCommand('spotify-authentication.setUpClientId');

  /** Opens the page that the sign-in opens in the browser. */
  async function browse(): Promise<void> {
    await fetch(await eventually(() => outside.opened[0]));
  }

  it('saves the client ID, signs in with it and names the account', async () => {
    await settings.set('clientId', undefined);
    const done = run();
    const box = await steps.toClientId();
    box.type(app.clientId);
    box.accept();
    await browse();
    await done;
    assert.equal(settings.get('clientId'), app.clientId);
    await messages.waitFor(/^You are signed in to Spotify as Alva Lind \(test server\)\.$/);
    assert.deepEqual(await accountLabels(), ['Alva Lind (test server)']);
    const [asked] = suite.spotify.requests.to('authorize');
    assert.equal(asked?.query.get('scope'), 'user-read-private');
    assert.deepEqual([messages.greetings.length, messages.all.length], [1, 0]);
  });

  it('suggests the configured client ID, and signs in if the user confirms it', async () => {
    await settings.set('clientId', app.clientId);
    const done = run();
    const box = await steps.toClientId();
    assert.equal(box.value, app.clientId);
    box.accept();
    await browse();
    await done;
    assert.deepEqual(await accountLabels(), ['Alva Lind (test server)']);
  });

  it('changes nothing if the user closes it, and resumes there', async () => {
    await settings.set('clientId', app.clientId);
    const done = run();
    const box = await steps.toClientId();
    box.type('0123');
    box.close();
    await done;
    assert.equal(settings.get('clientId'), app.clientId);
    const again = run();
    const resumed = await inputs.box();
    assert.equal(resumed.value, '0123');
    resumed.type(app.clientId);
    resumed.accept();
    await browse();
    await again;
    assert.deepEqual([messages.greetings.length, messages.all.length], [1, 0]);
  });
});
