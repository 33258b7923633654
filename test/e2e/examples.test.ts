import assert from 'node:assert/strict';
import { packageExamples } from '../../scripts/packageExamples.ts';
import { agreeAs, type Fixture } from '../editorFixture.ts';
import { DEMO_CLIENT_ID, type Fault, readyFaults } from '../spotify/index.ts';
import type { Consumer } from './consumers/consumer.ts';
import { ConsumerEditor } from './consumers/consumerEditor.ts';

/** About examples/, but for examples/profile. */
describe('the examples', function () {
  this.timeout(180_000);
  let shared: ConsumerEditor;
  let editor: Fixture;
  /** An extension that invokes tools, as a chat does. */
  let chat: Consumer;

  before(async () => {
    shared = await ConsumerEditor.open({ extensions: await packageExamples() }, ['Consumer A']);
    ({ editor } = shared);
    chat = await shared.consumer('Consumer A');
  });
  after(() => shared.close());

  it('show what plays, from the sign-in by a click until the sign-out', async () => {
    const { workbench, spotify } = editor;
    const { dialog, accounts } = workbench;
    const [alva] = spotify.users.values();
    assert.ok(alva);
    const item = workbench.page.locator('.statusbar-item[id$="nowPlaying"]');
    const untilShown = (label: string | RegExp) =>
      item.and(workbench.page.getByLabel(label)).waitFor();

    await untilShown('Spotify, Sign in to show what plays');
    assert.deepEqual([spotify.requests.all, await accounts.badge()], [[], '']);
    await item.click();
    await dialog.waitFor("'Spotify Now Playing Example' wants to sign in using Spotify");
    await dialog.clickButton('Cancel');
    await untilShown('Spotify, Sign in to show what plays');

    await item.click();
    const tab = await workbench.waitForPopup(() => dialog.clickButton('Allow'));
    await agreeAs(tab, 'Alva Lind');
    await tab.close();
    await untilShown('Gymnopédie No. 1, Erik Satie');
    alva.nowPlaying = null;
    await untilShown('Spotify, Nothing plays');
    spotify.faults.next(1, { ...readyFaults.badGateway, on: 'currently-playing' });
    await item.click();
    await untilShown(/Spotify, (?!Error:).*502/);
    alva.nowPlaying = 'Je te $(heart) veux';
    await item.click();
    await untilShown('Je te $ (heart) veux, Erik Satie');

    // Without a click, the example does not ask the user.
    await workbench.reloadWindow();
    chat = await shared.consumer('Consumer A');
    await untilShown(/Je te/);
    await editor.signOut('Alva Lind');
    await untilShown('Spotify, Sign in to show what plays');
    assert.equal(spotify.requests.count('authorize'), 1);
  });

  it('search the catalogue with an access token of the user’s app', async () => {
    const { workbench, spotify, context } = editor;
    const { quickInput, dialog, notifications } = workbench;
    const secret = spotify.apps.get(DEMO_CLIENT_ID)?.clientSecret ?? '';
    const search = async () => {
      await workbench.runCommand('Search Spotify');
      await quickInput.waitForTitle('Search Spotify');
      await quickInput.fill('clair');
      await quickInput.accept();
    };
    await search();
    await dialog.waitFor("'Spotify Search Example' wants to sign in using Spotify (app)");
    await dialog.clickButton('Cancel');
    await search();
    await dialog.clickButton('Allow');
    await quickInput.waitForTitle('Spotify: Client Secret of Your App');
    await quickInput.fill(secret);
    await quickInput.accept();
    await quickInput.waitForTitle('Spotify: clair');
    assert.deepEqual(await quickInput.items(), ['Clair de lune']);
    await context.route('https://open.spotify.com/**', (route) => route.fulfill({ body: 'Hello' }));
    const page = await workbench.waitForPopup(() => quickInput.pick('Clair de lune'));
    assert.equal(page.url(), 'https://open.spotify.com/track/0000000000000000000000');
    await page.close();

    spotify.faults.next(1, { ...readyFaults.badGateway, on: 'search' });
    await search();
    await notifications.waitFor('Spotify cannot be searched.');
    // The example showed no message when the user chose Cancel.
    assert.equal((await notifications.texts()).length, 1);
    const searched = spotify.requests.to('search');
    assert.deepEqual(
      searched.map(({ query }) => query.get('q')),
      ['clair', 'clair'],
    );
    assert.equal(spotify.requests.count('token', 'client_credentials'), 1);
  });

  it('let a language model add a track to the queue, after VS Code’s consent and confirmation', async () => {
    const { workbench, spotify } = editor;
    const { dialog } = workbench;
    const uri = `spotify:track:${'0'.repeat(22)}`;
    const name = '[Clair](command:x) de lune';
    const found = { tracks: { items: [{ name, uri, artists: [{ name: 'Claude Debussy' }] }] } };
    const add = () => chat.run('invokeTool', 'spotify_example_add_to_queue', { uri });
    const queued = () => spotify.requests.all.filter(({ path }) => path === '/v1/me/player/queue');

    spotify.faults.next(1, { on: 'search', ...jsonAnswer(200, found) });
    const search = chat.run('invokeTool', 'spotify_example_search', { query: 'clair' });
    await dialog.waitFor("'Spotify Chat Tools Example' wants to sign in using Spotify");
    const tab = await workbench.waitForPopup(() => dialog.clickButton('Allow'));
    await agreeAs(tab, 'Alva Lind');
    await tab.close();
    assert.match(await search, /"by":"Claude Debussy"/);

    const declined = assert.rejects(add(), /Canceled/);
    await dialog.waitFor('Add to the Spotify queue?');
    assert.ok((await dialog.content()).text.includes(`${name}, Claude Debussy`));
    await dialog.clickButton('Cancel');
    await declined;
    assert.deepEqual(queued(), []);

    // Spotify answers with a text.
    spotify.faults.next(1, { status: 200, body: 'a text' });
    const added = add();
    await dialog.clickButton('Yes');
    assert.match(await added, /"added":.*Claude Debussy/);
    assert.deepEqual(
      queued().map(({ method, query }) => [method, query.get('uri')]),
      [['POST', uri]],
    );

    const error = { status: 404, message: 'Player command failed: No active device found' };
    spotify.faults.next(1, jsonAnswer(404, { error }));
    const refused = assert.rejects(add(), /No active device found/);
    await dialog.clickButton('Yes');
    await refused;
    const playing = await chat.run('invokeTool', 'spotify_example_now_playing', {});
    assert.match(playing, /"by":"Erik Satie"/);
  });

  it('offer an MCP server that asks for the session when it starts, and outlives the token', async () => {
    const { workbench, spotify } = editor;
    const { dialog, quickInput } = workbench;
    const id = 'spotify-sdk.spotify-mcp-server-example';
    const start = () =>
      chat.run('runCommand', 'workbench.mcp.startServer', `${id}/Spotify Example`);
    const enable = (value: boolean) =>
      chat.run('setSetting', 'spotify-mcp-server-example.enabled', value);
    const tool = async () =>
      (await chat.run('toolNames')).find((name) => /^mcp_.*playing/.test(name));

    // Without the setting there is no server to start.
    await chat.run('activateExtension', id);
    await start();
    assert.equal(await dialog.isOpen(), false);
    await enable(true);
    const isAsked = dialog
      .waitFor("'Spotify MCP Server Example' wants to sign in using Spotify")
      .then(() => true);
    let started = start();
    while (!(await Promise.race([isAsked, started.then(() => false)]))) started = start();
    const refused = assert.rejects(started, /did not consent/);
    await dialog.clickButton('Cancel');
    await refused;

    void start();
    await dialog.clickButton('Allow');
    await quickInput.pick('Alva Lind');
    let name: string | undefined;
    while (!(name = await tool()));
    assert.match(await chat.run('invokeTool', name, {}), /Erik Satie/);

    spotify.requests.clear();
    spotify.tokens.expireAccessTokens();
    // A token of the last minute would not be refreshed.
    await chat.run('advanceClock', 61);
    assert.match(await chat.run('invokeTool', name, {}), /Erik Satie/);
    assert.equal(spotify.requests.count('token', 'refresh_token'), 1);
    await enable(false);
    while (await tool());
  });
});

function jsonAnswer(status: number, body: object): Fault {
  const headers = { 'Content-Type': 'application/json' };
  return { status, headers, body: JSON.stringify(body) };
}
