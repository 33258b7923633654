import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { agreeAs, Fixture, SHOW_PROFILE } from '../test/editorFixture.ts';
import { closeSharedEditors } from '../test/sharedEditors.ts';
import { out } from './paths.ts';

const folder = path.join(out, 'start');

/**
 * Clicks what a person would click to sign in, in a VS Code of its own, and prints each step and
 * the result. Leaves a screenshot of each step in `out/start`.
 */
export async function signInByItself(extensions: readonly string[]): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  console.log('Starting a stand-in for Spotify and VS Code…');
  try {
    const editor = await Fixture.open({ extensions });
    await clickThrough(editor);
    printResult(editor);
  } finally {
    await closeSharedEditors();
  }
}

async function clickThrough(editor: Fixture): Promise<void> {
  const { workbench } = editor;
  let count = 0;
  const step = async (what: string, page: Page) => {
    const name = `${++count}-${what.toLowerCase().replace(/\W+/g, '-')}.png`;
    const file = path.join(folder, name);
    await page.screenshot({ path: file });
    console.log(`  ${count}. ${what} (${path.relative(process.cwd(), file)})`);
  };

  await workbench.runCommand(SHOW_PROFILE);
  await workbench.dialog.waitFor('wants to sign in using Spotify');
  await step('The example asks for a session', workbench.page);
  const tab = await workbench.waitForPopup(() => workbench.dialog.clickButton('Allow'));
  await step('VS Code waits for the browser', workbench.page);
  await step('The consent page is open', tab);
  await agreeAs(tab, 'Alva Lind');
  await step('The browser came back', tab);
  await workbench.notifications.waitFor('Spotify knows you as Alva Lind.');
  await step('The example has its session', workbench.page);
  await workbench.accounts.open();
  await step('The account is in the Accounts menu', workbench.page);
}

/** From what the stand-in saw: nothing else outside the editor knows the token. */
function printResult({ spotify }: Fixture): void {
  const profile = spotify.requests.to('me').at(-1);
  const accessToken = profile?.headers.authorization?.replace('Bearer ', '') ?? '';
  const issued = spotify.tokens.accessTokens.get(accessToken);
  if (profile?.status !== 200 || !issued) throw new Error('GET /v1/me was not answered.');
  console.log(`
Signed in.
  account   ${issued.user?.displayName ?? '?'}
  scopes    ${issued.scope.join(' ')}
  expires   ${new Date(issued.expiresAt).toISOString()}
  token     ${accessToken.slice(0, 4)}…
  /v1/me    answered with ${profile.status} to that token`);
}
