import assert from 'node:assert/strict';
import { packageExamples } from '../../scripts/packageExamples.ts';
import { vsix } from '../../scripts/paths.ts';
import { agreeAs, Fixture } from '../editorFixture.ts';
import { DEMO_CLIENT_ID, readyFaults } from '../spotify/index.ts';

/** About examples/now-playing and examples/search. */
describe('the examples in TypeScript', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => {
    const extensions = [vsix, ...(await packageExamples())];
    const settings = { 'spotify-authentication.offerSignIn': false };
    editor = await Fixture.open({ extensions, settings });
  });
  after(() => editor.close());

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
    await untilShown(/Spotify, Error: .*502/);
    alva.nowPlaying = 'Je te $(heart) veux';
    await item.click();
    await untilShown('Je te $ (heart) veux, Erik Satie');

    // Without a click, the example does not ask the user.
    await workbench.reloadWindow();
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
});
