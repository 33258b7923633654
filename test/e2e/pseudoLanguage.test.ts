import assert from 'node:assert/strict';
import { example } from '../../scripts/paths.ts';
import { Fixture, SHOW_PROFILE } from '../editorFixture.ts';
import { packageWithPseudoLanguage, pseudo, PSEUDO_LANGUAGE } from '../pseudoLanguage.ts';
import { DEMO_CLIENT_ID } from '../spotify/index.ts';
import { writeCompetingExtension } from './competingExtension.ts';
import { PseudoSignIn } from './pseudoSignIn.ts';
import { PseudoSurfaces } from './pseudoSurfaces.ts';
import { part, PseudoWindow } from './pseudoWindow.ts';

/** A user name that a notification would show as a link, if `plainText` did not change it. */
const NAME = '[Alva](command:workbench.action.terminal.new) Lind';
const NAME_SHOWN = '[Alva] (command:workbench.action.terminal.new) Lind';

/** The user name of the second account. */
const OTHER_NAME = 'Noor Haddad';

/** The texts that no translation changes: names, identifiers, and texts of VS Code and Spotify. */
const UNTRANSLATED: readonly (string | RegExp)[] = [
  NAME_SHOWN,
  NAME,
  OTHER_NAME,
  'user-read-private',
  DEMO_CLIENT_ID,
  DEMO_CLIENT_ID.slice(0, 6),
  // Dates and times, which `Intl` formats.
  /\bin \d+ \w+|\b[A-Z]\w+ \d+, \d{4}|\b\d+:\d+\s[AP]M/g,
  'code-server',
  'vscode.dev',
  'Spotify Authentication” (TylerLeonhardt.vscode-spotify-auth',
  /\b[\w-]+:\/\/\S+/g,
  // Parts of an address.
  /“(code|state)=”/g,
  // VS Code’s titles of settings, and its additions to settings, notifications and input boxes.
  /Spotify-authentication: \w+( [A-Z]\w+)*/g,
  '(Applies to all profiles)',
  /^Source: |^Cancel$|^Back \(.*\)$|^\d+ Results$/gm,
  /\(Press 'Enter' to confirm.* or 'Escape' to cancel\)/g,
  // Texts of Spotify’s page.
  /^INVALID_CLIENT: [\w /]+$|^Illegal scope$/gm,
  // A line of code in the walkthrough.
  /vscode\.authentication\.getSession\(.*?\)/g,
  ...untranslatedInReport(),
];

/** The values of a report that are not translated, and its lines of the log. */
function untranslatedInReport(): readonly RegExp[] {
  const named = ['Application host', 'URI scheme of the editor', 'System', 'Runtime'].map(pseudo);
  return [
    new RegExp(`^- (${named.join('|')}): .*$`, 'gm'),
    new RegExp(`^- ${pseudo('Sign-in flow in the settings')}: auto$`, 'gm'),
    /^- (loopback|editorLink|relay|paste|accounts\.spotify\.com|api\.spotify\.com): /gm,
    /^ {4}\S+Z (error|warn) .*$/gm,
  ];
}

/**
 * Returns the surfaces of the extension by name, in the order in which the test must open them. Each
 * function opens a surface and returns its texts. A new surface gets a line here, after the surface
 * from which it is opened.
 */
function journey(editor: Fixture): Record<string, () => Promise<string[]>> {
  const { quickInput } = editor.workbench;
  const window = new PseudoWindow(editor);
  const signIn = new PseudoSignIn(editor, window);
  const surfaces = new PseudoSurfaces(editor, window);
  return {
    'the message about a competing extension': () => surfaces.competingProvider(),
    'the page after the user declined': () => signIn.decline(),
    'the message after the user declined': () => window.toasts(part('Try Again')),
    'the palette': () => surfaces.palette(),
    'the progress of a sign-in': () => signIn.tryAgain(),
    // The hint appears after 15 seconds. The surfaces in between do not depend on the sign-in.
    'the first step of the set-up': () => surfaces.beginSetUp(),
    'the second step of the set-up': () =>
      window.goOn(() => quickInput.pick(pseudo('I Have an App'))),
    'the third step of the set-up': () => window.goOn(() => quickInput.pick(pseudo('Continue'))),
    'the message below a client ID': () => surfaces.enterClientId(),
    'the walkthrough': () => surfaces.walkthrough(),
    'the settings': () => surfaces.settings(),
    'the hint of the progress': () => window.toasts(part('Your browser has not returned yet.')),
    'the question before help with a sign-in': () => signIn.askBeforeHelp(),
    'the list of sign-in flows': () => signIn.listFlows(),
    'the list of what Spotify’s page says': () => signIn.pageSays(),
    'the box for an address': () => signIn.pasteNonsense(),
    'the page after a consent': () => signIn.agree(NAME),
    'the message of a sign-in': () => window.toasts(NAME_SHOWN),
    'the list of accounts': () => surfaces.accounts(),
    'the actions of an account': () => window.goOn(() => quickInput.pick(NAME_SHOWN)),
    'the question before a token is copied': () => surfaces.askBeforeCopy(),
    'the message of a copied token': () => surfaces.copy(),
    'the page after a second consent': () => signIn.signInAs(OTHER_NAME),
    'the box for a client secret': () => surfaces.beginAppToken(),
    'the message about a client secret': () => surfaces.enterWrongSecret(),
    'the question before an app’s token is copied': () => surfaces.enterRightSecret(),
    'the message of a copied token of an app': () => surfaces.copyAppToken(),
    'the report of a diagnosis': () => surfaces.diagnosis(),
    'the accounts to sign out of': () => surfaces.beginSignOut(),
    'the message of a sign-out': () => surfaces.signOut(OTHER_NAME),
  };
}

/** About src/messages and package.nls.json: every text that the extension shows is in them. */
describe('in the pseudo-language, whose letters all have accents,', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => {
    const competing = await writeCompetingExtension('main');
    const extensions = [await packageWithPseudoLanguage(), example, competing];
    editor = await Fixture.open({ extensions, language: PSEUDO_LANGUAGE });
  });
  after(() => editor.close());

  it('the extension shows no text of its own in English, and no link in a user’s name', async () => {
    const [alva] = editor.spotify.users.values();
    assert.ok(alva);
    alva.displayName = NAME;
    const english: Record<string, string[]> = {};
    for (const [surface, visit] of Object.entries(journey(editor))) {
      const texts = (await visit()).filter((text) => text.trim() !== '');
      assert.ok(texts.join('\n').includes('⟦'), `${surface} shows no text of the extension`);
      const found = texts.filter((text) => /[A-Za-z]{2}/.test(withoutUntranslated(text)));
      if (found.length > 0) english[surface] = found;
    }
    assert.deepEqual(english, {});
  });

  it('the example shows no link in a user’s name', async () => {
    const { workbench } = editor;
    await workbench.runCommand(SHOW_PROFILE);
    await workbench.dialog.clickButton('Allow');
    await workbench.quickInput.pick(NAME);
    await workbench.notifications.waitFor(`Spotify knows you as ${NAME_SHOWN}.`);
  });
});

const withoutUntranslated = (text: string): string =>
  UNTRANSLATED.reduce<string>((rest, known) => rest.replaceAll(known, ''), text);
