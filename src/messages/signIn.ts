import { env, l10n } from 'vscode';
import type { Client } from '../common/client.ts';
import type { FlowName } from '../common/configuration.ts';
import { plainText, startOf } from './plainText.ts';

/** What stands there while a sign-in runs, behind "title: ". The links run our commands. */
export const progressStrings = {
  title: ({ id, source }: Client): string =>
    source === 'settings'
      ? l10n.t('Signing in to Spotify')
      : l10n.t('Signing in to Spotify with an extension’s app (client ID {0}…)', startOf(id)),
  identifying: (): string => l10n.t('asking Spotify who you are…'),
  opening: (id: number, flow: FlowName): string =>
    flow === 'paste' ? waitingForAddress() : `${l10n.t('opening your browser…')} ${byHand(id)}`,
  waiting: (id: number, flow: FlowName): string =>
    flow === 'paste' ? waitingForAddress() : `${l10n.t('waiting for your browser…')} ${byHand(id)}`,
  answered: (): string => l10n.t('Spotify has answered…'),
  /** @param mayLeave Whether there is another way. */
  hint: (id: number, flow: FlowName, mayLeave: boolean): string => {
    const help = [l10n.t('[What does the page say?]({0})', link('pageSays', id))];
    if (mayLeave) help.push(l10n.t('[Try another way]({0})', link('tryAnotherWay', id)));
    if (flow !== 'paste') help.push(byHand(id));
    const asked = l10n.t('If {0} asked to open a link, allow it.', env.appName);
    const allow = flow === 'editorLink' || flow === 'relay' ? ` ${asked}` : '';
    return `${l10n.t('Nothing has come back yet.')}${allow} ${help.join(' · ')}`;
  },
} as const;

const waitingForAddress = (): string => l10n.t('waiting for the address your browser ended on…');

/** For a browser that the editor does not open, and one that does not come back. */
const byHand = (id: number): string =>
  [
    l10n.t('[Copy sign-in link]({0})', link('copySignInLink', id)),
    l10n.t('[Paste its address]({0})', link('pasteAddress', id)),
  ].join(' · ');

export const linkCopied = (): string =>
  l10n.t(
    'The sign-in link is copied: open it in any browser. Should that not come back by itself, paste the address it ends on.',
  );

function link(command: string, id: number): string {
  const argument = encodeURIComponent(JSON.stringify([id]));
  return `command:spotify-authentication.${command}?${argument}`;
}

/** Who is signed in now; `late` where nobody waits for it any more. */
export const signedIn = {
  now: (account: string): string =>
    l10n.t('You are signed in to Spotify as {0}.', plainText(account)),
  late: (account: string): string =>
    l10n.t(
      'You are signed in to Spotify as {0}. Do again what you needed it for.',
      plainText(account),
    ),
} as const;

/** The question after an answer for another account than the one asked for. */
export function wrongAccountPrompt(wished: string, answered: string) {
  return {
    text: l10n.t(
      'You signed in to Spotify as {0}, but {1} is needed.',
      plainText(answered),
      plainText(wished),
    ),
    detail: l10n.t(
      'Nothing was stored. On Spotify’s page, choose “Not you?” to change the account.',
    ),
    button: l10n.t('Choose Again'),
  };
}

/** The box for the address that a browser ended on. */
export const pasteStrings = {
  title: (): string => l10n.t('Sign In to Spotify: Paste the Address'),
  prompt: (redirectUri: string): string =>
    l10n.t(
      'The link to Spotify’s page is copied: open it in any browser and agree. The browser then ends on an address that begins with {0}, whether a page is there or not. Copy it from the address bar and paste it here.',
      plainText(redirectUri),
    ),
  copyLink: (): string => l10n.t('Copy the Link Again'),
  openLink: (): string => l10n.t('Open the Link Here'),
  notYet: (): string => l10n.t('Paste the whole address that the browser ended on.'),
  incomplete: (): string =>
    l10n.t(
      'That is not the address the browser ended on after you agreed. The right one contains “code=” and “state=”. Copy all of it.',
    ),
  otherSignIn: (): string =>
    l10n.t(
      'That address belongs to another sign-in. Open the copied link, and paste where it ends.',
    ),
} as const;
