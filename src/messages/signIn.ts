import { env, l10n } from 'vscode';
import type { Client } from '../common/client.ts';
import type { FlowName } from '../common/configuration.ts';
import type { Message } from './message.ts';
import { plainText, shortClientId } from './plainText.ts';

/**
 * The texts of the progress notification of a sign-in. VS Code shows them as `title: text`. Their links
 * run commands of this extension.
 */
export const progressStrings = {
  title: ({ id, source }: Client): string =>
    source === 'settings'
      ? l10n.t('Signing in to Spotify')
      : l10n.t('Signing in to Spotify with an extension’s app (client ID {0}…)', shortClientId(id)),
  identifying: (): string => l10n.t('asking Spotify who you are…'),
  /** While another sign-in has to end first. */
  queued: (id: string): string => `${waitingForTurn()} ${pasteByHand(id)}`,
  /** @param id The id of the sign-in. The links in the text pass it to their commands. */
  opening: (id: string, flow: FlowName): string =>
    flow === 'paste' ? waitingForAddress() : `${openingBrowser()} ${byHand(id)}`,
  waiting: (id: string, flow: FlowName): string =>
    flow === 'paste' ? waitingForAddress() : `${waitingForBrowser()} ${openAgain(id)}${byHand(id)}`,
  answered: (): string => l10n.t('Spotify has answered…'),
  /** @param pauseMs Milliseconds until the next request. */
  pausing: (pauseMs: number): string =>
    l10n.t({
      message: 'Spotify is busy; trying again in {0} s…',
      args: [Math.ceil(pauseMs / 1000)],
      comment: ['{0}: a number of seconds'],
    }),
  /** @param mayLeave Whether another sign-in flow is available. */
  hint: (id: string, flow: FlowName, mayLeave: boolean): string => {
    const help = [whatPageSays(id)];
    if (mayLeave) help.push(anotherWay(id));
    if (flow !== 'paste') help.push(openAgain(id) + byHand(id));
    const usesLink = flow === 'editorLink' || flow === 'relay';
    const texts = [noAnswer(), ...(usesLink ? [allowLink()] : []), help.join(' · ')];
    return texts.join(' ');
  },
} as const;

const openingBrowser = (): string => l10n.t('opening your browser…');

const waitingForBrowser = (): string => l10n.t('waiting for your browser…');

const waitingForTurn = (): string =>
  l10n.t('waiting until another sign-in through vscode.dev has ended…');

const waitingForAddress = (): string =>
  l10n.t('waiting for you to paste the address from your browser…');

const noAnswer = (): string => l10n.t('Your browser has not returned yet.');

const allowLink = (): string =>
  l10n.t('If {0} asks whether to open a link, allow it.', env.appName);

const whatPageSays = (id: string): string =>
  l10n.t('[What does the page say?]({0})', link('pageSays', id));

const anotherWay = (id: string): string =>
  l10n.t('[Try another way]({0})', link('tryAnotherWay', id));

/** A link for a tab that was closed, followed by a separator. */
const openAgain = (id: string): string =>
  `${l10n.t('[Open the page again]({0})', link('openSignInPage', id))} · `;

/** Two links, for a browser that did not open and for a browser that does not return to the editor. */
const byHand = (id: string): string =>
  [l10n.t('[Copy sign-in link]({0})', link('copySignInLink', id)), pasteByHand(id)].join(' · ');

const pasteByHand = (id: string): string =>
  l10n.t('[Paste the address]({0})', link('pasteAddress', id));

export const linkCopied = (): string =>
  l10n.t(
    'The sign-in link is copied. Open it in any browser. If the browser does not return by itself, paste the address that it shows at the end.',
  );

/** The texts of the dialog before a command helps with a sign-in, if no link of its progress ran it. */
export const helpQuestion = () => ({
  text: l10n.t('Did you choose this command for the running sign-in to Spotify?'),
  detail: l10n.t(
    'If you did not choose it, cancel. An extension may be trying to sign you in to another account than yours.',
  ),
  button: l10n.t('Continue'),
});

function link(command: string, id: string): string {
  const argument = encodeURIComponent(JSON.stringify([id]));
  return `command:spotify-authentication.${command}?${argument}`;
}

/**
 * The messages after a successful sign-in. `late` is for a sign-in that ends after the call that needed
 * the sign-in has failed.
 */
export const signedIn = {
  now: (account: string): string =>
    l10n.t('You are signed in to Spotify as {0}.', plainText(account)),
  late: (account: string): string =>
    l10n.t(
      'You are signed in to Spotify as {0}. Repeat the action that needed the sign-in.',
      plainText(account),
    ),
} as const;

/** The message after the user has cancelled a sign-in that the Accounts menu had offered by itself. */
export const offerDeclined = (): Message => ({
  text: l10n.t(
    'You are not signed in to Spotify. The Accounts menu repeats its offer after each start, unless you choose Don’t Offer Again.',
  ),
  actions: ['dontOfferAgain'],
});

/**
 * The texts of the dialog that appears if the user signed in with another account than the requested
 * one.
 */
export function wrongAccountPrompt(wished: string, answered: string) {
  return {
    text: l10n.t(
      'You signed in to Spotify as {0}, but {1} is needed.',
      plainText(answered),
      plainText(wished),
    ),
    detail: l10n.t(
      'Nothing was stored. Sign in again, and choose “Not you?” on Spotify’s page to change the account.',
    ),
    button: l10n.t('Sign In Again'),
  };
}

/**
 * The texts of the dialog about a setting of this extension that cannot work in this editor.
 * @param name The whole name of the setting.
 */
export function lostSettingPrompt(name: string, value: string) {
  return {
    text: l10n.t('The setting {0} ({1}) cannot work here.', name, plainText(value)),
    detail: l10n.t(
      'It may come from another computer, or from an environment variable. Choose Go On Without It, or cancel and change it.',
    ),
    button: l10n.t('Go On Without It'),
  };
}

/** The texts of the input box for the address that the browser shows after Spotify's page. */
export const pasteStrings = {
  title: (): string => l10n.t('Sign In to Spotify: Paste the Address'),
  prompt: (redirectUri: string): string =>
    l10n.t(
      'The link to Spotify’s page is copied. Open it in any browser and agree. The browser then shows an address that begins with {0}, even if it cannot open the page. Copy the whole address from the address bar and paste it here.',
      plainText(redirectUri),
    ),
  copyLink: (): string => l10n.t('Copy the Link Again'),
  openLink: (): string => l10n.t('Open the Link in the Default Browser'),
  notYet: (): string =>
    l10n.t('Nothing is pasted yet. Paste the whole address from your browser’s address bar.'),
  incomplete: (): string =>
    l10n.t(
      'This is not the address that the browser shows after you agreed. That address contains “code=” and “state=”. Copy all of it.',
    ),
  otherSignIn: (): string =>
    l10n.t(
      'This address belongs to another sign-in. Open the copied link, agree, and paste the address that the browser then shows.',
    ),
} as const;
