import assert from 'node:assert/strict';
import { example } from '../../scripts/paths.ts';
import { Fixture, SHOW_PROFILE } from '../editorFixture.ts';
import { packageWithPseudoLanguage, pseudo, PSEUDO_LANGUAGE } from '../pseudoLanguage.ts';
import { DEMO_CLIENT_ID } from '../spotify/index.ts';
import { writeFakeProvider } from './competingExtension.ts';
import { PseudoSignIn } from './pseudoSignIn.ts';
import { PseudoSurfaces } from './pseudoSurfaces.ts';
import { part, PseudoWindow } from './pseudoWindow.ts';

/** In a notification, VS Code makes a link of such a name unless it is taken apart. */
const NAME = '[Alva](command:workbench.action.terminal.new) Lind';
const NAME_SHOWN = '[Alva] (command:workbench.action.terminal.new) Lind';

/** Of whoever is signed in beside them. */
const OTHER_NAME = 'Noor Haddad';

/** What is in English because it is not ours, or no word. */
const NOT_OURS: readonly (string | RegExp)[] = [
  NAME_SHOWN,
  NAME,
  OTHER_NAME,
  'user-read-private',
  DEMO_CLIENT_ID,
  DEMO_CLIENT_ID.slice(0, 6),
  // Moments, which are the platform’s words.
  /\bin \d+ \w+|\b[A-Z]\w+ \d+, \d{4}|\b\d+:\d+\s[AP]M/g,
  'code-server',
  'vscode.dev',
  'Spotify Authentication” (TylerLeonhardt.vscode-spotify-auth',
  /\b[\w-]+:\/\/\S+/g,
  // How VS Code names settings, and what it adds to them, to a notification and to a box.
  /Spotify-authentication: \w+( [A-Z]\w+)*/g,
  '(Applies to all profiles)',
  /^Source: |^Cancel$|^Back \(.*\)$|^\d+ Results$/gm,
  /\(Press 'Enter' to confirm.* or 'Escape' to cancel\)/g,
  // What Spotify’s own page says.
  /^INVALID_CLIENT: [\w /]+$|^Illegal scope$/gm,
  // A line of code in the walkthrough.
  /vscode\.authentication\.getSession\(.*?\)/g,
  ...ofReport(),
];

/** What a report names as it is, and the log in it, which is for whoever helps. */
function ofReport(): readonly RegExp[] {
  const named = ['Application host', 'URI scheme of the editor', 'System', 'Runtime'].map(pseudo);
  return [
    new RegExp(`^- (${named.join('|')}): .*$`, 'gm'),
    new RegExp(`^- ${pseudo('Sign-in flow in the settings')}: auto$`, 'gm'),
    /^- (loopback|editorLink|relay|paste|accounts\.spotify\.com|api\.spotify\.com): /gm,
    /^ {4}\S+Z (error|warn) .*$/gm,
  ];
}

/**
 * The texts of what a person sees of us, one after the other. A new surface is a line here, after
 * the one from which it is reached.
 */
function journey(editor: Fixture): Record<string, () => Promise<string[]>> {
  const { quickInput } = editor.workbench;
  const window = new PseudoWindow(editor);
  const signIn = new PseudoSignIn(editor, window);
  const surfaces = new PseudoSurfaces(editor, window);
  return {
    'the message about another extension': () => surfaces.otherProvider(),
    'the page after a refusal': () => signIn.refuse(),
    'the message of a refusal': () => window.toasts(part('Try Again')),
    'the palette': () => surfaces.palette(),
    'the progress of a sign-in': () => signIn.tryAgain(),
    // The hint comes late, so there is time for what has nothing to do with it.
    'the first step of the set-up': () => surfaces.beginSetUp(),
    'the second step of the set-up': () =>
      window.goOn(() => quickInput.pick(pseudo('I Have an App'))),
    'the third step of the set-up': () => window.goOn(() => quickInput.pick(pseudo('Continue'))),
    'the message below a client ID': () => surfaces.giveClientId(),
    'the walkthrough': () => surfaces.walkthrough(),
    'the settings': () => surfaces.settings(),
    'the hint': () => window.toasts(part('Your browser has not returned yet.')),
    'the other ways to sign in': () => signIn.otherWays(),
    'what the page may say': () => signIn.pageSays(),
    'the box for an address': () => signIn.pasteNonsense(),
    'the page after a consent': () => signIn.agree(NAME),
    'the message of a sign-in': () => window.toasts(NAME_SHOWN),
    'the list of accounts': () => surfaces.accounts(),
    'what can be done with an account': () => window.goOn(() => quickInput.pick(NAME_SHOWN)),
    'the question before a token is copied': () => surfaces.askBeforeCopy(),
    'the message of a copied token': () => surfaces.copy(),
    'the page after a second consent': () => signIn.signInAs(OTHER_NAME),
    'the box for a client secret': () => surfaces.beginAppToken(),
    'the message about a client secret': () => surfaces.refuseSecret(),
    'the question before an app’s token is copied': () => surfaces.giveSecret(),
    'the message of a copied token of an app': () => surfaces.copyAppToken(),
    'the report of a diagnosis': () => surfaces.diagnosis(),
    'the accounts to sign out of': () => surfaces.beginSignOut(),
    'the message of a sign-out': () => surfaces.signOut(OTHER_NAME),
  };
}

describe('in a language of its own, which has no plain letter', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => {
    const other = await writeFakeProvider('main');
    const extensions = [await packageWithPseudoLanguage(), example, other];
    editor = await Fixture.open({ extensions, language: PSEUDO_LANGUAGE });
  });
  after(() => editor.close());

  it('the extension shows no word of English, and no link in a person’s name', async () => {
    const [alva] = editor.spotify.users.values();
    assert.ok(alva);
    alva.displayName = NAME;
    const english: Record<string, string[]> = {};
    for (const [surface, visit] of Object.entries(journey(editor))) {
      const texts = (await visit()).filter((text) => text.trim() !== '');
      assert.ok(texts.join('\n').includes('⟦'), `${surface} shows nothing of ours`);
      const found = texts.filter((text) => /[A-Za-z]{2}/.test(withoutForeign(text)));
      if (found.length > 0) english[surface] = found;
    }
    assert.deepEqual(english, {});
  });

  it('nor does the example make a link of a person’s name', async () => {
    const { workbench } = editor;
    await workbench.runCommand(SHOW_PROFILE);
    await workbench.dialog.clickButton('Allow');
    await workbench.quickInput.pick(NAME);
    await workbench.notifications.waitFor(`Spotify knows you as ${NAME_SHOWN}.`);
  });
});

const withoutForeign = (text: string): string =>
  NOT_OURS.reduce<string>((rest, foreign) => rest.replaceAll(foreign, ''), text);
