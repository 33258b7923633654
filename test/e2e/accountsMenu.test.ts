import assert from 'node:assert/strict';
import { vsix } from '../../scripts/paths.ts';
import { agreeAs, Fixture } from '../editorFixture.ts';

const OFFER = 'Sign in with Spotify to use Spotify Authentication (1)';
const ALVA = 'Alva Lind (Spotify)';

/** About src/provider/offerSignIn.ts. */
describe('the Accounts menu, with no other extension installed', function () {
  this.timeout(180_000);
  let editor: Fixture;

  afterEach(() => editor.close());

  it('offers to sign in while no account is signed in, and then lists the account', async () => {
    editor = await Fixture.open({ extensions: [vsix] });
    const { workbench, spotify } = editor;
    const { accounts, notifications, quickInput } = workbench;
    await accounts.untilBadge('1');
    assert.deepEqual(await notifications.texts(), []);
    assert.ok((await accounts.open()).includes(OFFER));
    assert.equal(spotify.requests.all.length, 0);

    await agreeAs(await workbench.waitForPopup(() => accounts.click(OFFER)), 'Alva Lind');
    await accounts.untilBadge('');
    assert.ok(!(await accounts.openWith(ALVA)).includes(OFFER));
    await accounts.openSubmenu(ALVA);
    await accounts.click('Manage Trusted Extensions');
    assert.ok((await quickInput.items()).includes('Spotify Authentication'));
    await quickInput.cancel();

    spotify.requests.clear();
    await workbench.reloadWindow();
    await accounts.openWith(ALVA);
    const submenu = await accounts.openSubmenu(ALVA);
    assert.deepEqual(submenu, ['Manage Trusted Extensions', 'Sign Out']);
    await accounts.close();
    assert.equal(await accounts.badge(), '');
    assert.equal(spotify.requests.all.length, 0, 'the start has sent a request to Spotify');

    await editor.signOut('Alva Lind');
    await accounts.untilBadge('1');
    assert.ok(!(await accounts.open()).includes(ALVA));

    // The browser is still signed in to Spotify as Alva. The dialog lets the user change the account.
    const page = await workbench.waitForPopup(() => accounts.click(OFFER));
    await agreeAs(page, 'Noor Haddad');
    assert.ok(!(await accounts.openWith('Noor Haddad (Spotify)')).includes(ALVA));
    await accounts.close();
  });
});
