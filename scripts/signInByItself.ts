import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { agreeAs, Fixture, SHOW_PROFILE } from '../test/editorFixture.ts';
import { closeSharedEditors } from '../test/sharedEditors.ts';
import { out } from './paths.ts';

const folder = path.join(out, 'start');

/**
 * Signs in as a user does, in a VS Code of its own, and prints each step and the result. Saves a
 * screenshot of each step in `out/start`. Returns the paths of the screenshots.
 */
export async function signInByItself(extensions: readonly string[]): Promise<readonly string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  console.log('Starting VS Code, and a local stand-in for Spotify…');
  try {
    const editor = await Fixture.open({ extensions });
    const screenshots = await clickThrough(editor);
    printResult(editor);
    return screenshots;
  } finally {
    await closeSharedEditors();
  }
}

async function clickThrough(editor: Fixture): Promise<readonly string[]> {
  const { workbench } = editor;
  const files: string[] = [];
  const step = async (what: string, page: Page) => {
    const count = files.length + 1;
    const name = `${count}-${what.toLowerCase().replace(/\W+/g, '-')}.png`;
    const file = path.join(folder, name);
    // A menu that fades in would be half transparent.
    await page.screenshot({ path: file, animations: 'disabled' });
    files.push(file);
    console.log(`  ${count}. ${what} (${path.relative(process.cwd(), file)})`);
  };

  await workbench.runCommand(SHOW_PROFILE);
  await workbench.dialog.waitFor('wants to sign in using Spotify');
  await step('An extension requests a session', workbench.page);
  const tab = await workbench.waitForPopup(() => workbench.dialog.clickButton('Allow'));
  await step('VS Code waits for the browser', workbench.page);
  await step('The browser shows the consent page', tab);
  await agreeAs(tab, 'Alva Lind');
  await step('The user has agreed', tab);
  await workbench.notifications.waitFor('Spotify knows you as Alva Lind.');
  await step('The extension has its session', workbench.page);
  await workbench.accounts.open();
  await step('The Accounts menu lists the account', workbench.page);
  return files;
}

/** Prints the session from the log of the stand-in, which alone knows the token outside the editor. */
function printResult({ spotify }: Fixture): void {
  const profile = spotify.requests.to('me').at(-1);
  const accessToken = profile?.headers.authorization?.replace('Bearer ', '') ?? '';
  const issued = spotify.tokens.accessTokens.get(accessToken);
  if (profile?.status !== 200 || !issued)
    throw new Error('The stand-in has not answered GET /v1/me successfully.');
  console.log(`
Signed in.
  account   ${issued.user?.displayName ?? '?'}
  scopes    ${issued.scope.join(' ')}
  expires   ${new Date(issued.expiresAt).toISOString()}
  token     ${accessToken.slice(0, 4)}…
  /v1/me    HTTP status ${profile.status} with this token`);
}
