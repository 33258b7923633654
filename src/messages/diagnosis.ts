import * as vscode from 'vscode';
import { CLIENT_SECRET_VARIABLE } from '../common/configuration.ts';

const { t } = vscode.l10n;

/** What stands there while the checks run. */
export const diagnosisTitle = (): string => t('Diagnosing the sign-in to Spotify');

/** The frame of a report. Its headings are for whoever reads a bug report. */
export const reportStrings = {
  title: (): string => t('Diagnosis of the Sign-In to Spotify'),
  introduction: (time: string): string =>
    t(
      'Made on {0} (UTC). It names no account, app, computer or person, and can be pasted into a bug report as it is.',
      time,
    ),
  noProblem: (): string => t('Nothing is wrong, as far as can be seen from here.'),
  problem: (what: string, advice: string): string => t('{0} What to do: {1}', what, advice),
  failed: (why: string): string => t('could not be found out: {0}', why),
  yes: (): string => t('yes'),
  no: (): string => t('no'),
  none: (): string => t('none'),
  leftOut: (): string =>
    t('left out, since not all names that would have to be taken out of it could be found out'),
} as const;

export const headings = {
  findings: (): string => t('Findings'),
  versions: (): string => t('Versions and Place'),
  clientId: (): string => t('Client ID'),
  flows: (): string => t('Ways Back from the Browser'),
  secrets: (): string => t('Secrets'),
  network: (): string => t('Network'),
  sessions: (): string => t('Sessions'),
  recent: (): string => t('Recent Problems'),
} as const;

/** What stands before a value. */
export const labels = {
  extension: (): string => t('Extension'),
  editor: (): string => t('Editor'),
  appHost: (): string => t('Application host'),
  uriScheme: (): string => t('Scheme of links'),
  ui: (): string => t('Shown by'),
  extensionHost: (): string => t('Extension runs'),
  remote: (): string => t('Remote'),
  system: (): string => t('System'),
  runtime: (): string => t('Runtime'),
  competing: (): string => t('Other extensions that sign in to Spotify'),
  clientId: (): string => t('Client ID'),
  clientSecret: (): string => t('Client secret, for app tokens'),
  pageHost: (): string => t('Page of the editor'),
  signInFlow: (): string => t('Setting of the way back'),
  redirectUri: (): string => t('Redirect URI of the settings'),
  toRegister: (): string => t('Redirect URIs to register'),
  port: (): string => t('Loopback port'),
  givesBack: (): string => t('SecretStorage gives back what it is given'),
  survival: (): string => t('Secrets outlive the window'),
  proxy: (): string => t('Proxy'),
  clock: (): string => t('Clock'),
  account: (number: number): string => t('Account {0}', number),
} as const;

export const clientIdStrings = {
  settings: (): string => t('from the settings'),
  environment: (): string => t('from the environment variable SPOTIFY_SDK_CLIENT_ID'),
  wellFormed: (source: string): string => t('set, 32 hex digits, {0}', source),
  malformed: (source: string): string => t('set, not 32 hex digits, {0}', source),
} as const;

export const clientSecretStrings = {
  none: (): string => t('none'),
  secrets: (): string => t('kept in SecretStorage'),
  environment: (): string => t('from the environment variable {0}', CLIENT_SECRET_VARIABLE),
} as const;

export const placeStrings = {
  desktop: (): string => t('a program of its own'),
  web: (): string => t('a browser'),
  host: {
    local: (): string => t('beside the window'),
    remote: (): string => t('on the computer of the workspace'),
    webWorker: (): string => t('in the browser itself'),
  },
  otherRemote: (): string => t('a server'),
  pageHost: {
    thisComputer: (): string => t('from a loopback address'),
    microsoft: (): string => t('from vscode.dev or github.dev'),
    elsewhere: (): string => t('from another computer'),
  },
  notShown: (): string => t('the one of the settings (not shown)'),
} as const;

/** What becomes of a way back here, and why. */
export const choiceStrings = {
  first: (): string => t('comes first'),
  next: (): string => t('is offered when another fails'),
  not: (why: string): string => t('not here: {0}', why),
  obstacles: {
    cannotListen: (): string => t('an extension in a browser cannot listen'),
    browserElsewhere: (): string => t('the page of the editor comes from another computer'),
    notForwarded: (): string => t('the editor does not forward [::1] of a remote computer'),
    noEditorLinks: (): string => t('no system knows links to an editor in a browser'),
    portable: (): string => t('no system knows the links of a portable editor'),
    notRelayed: (): string => t('the relay is not known to work for this editor'),
    otherRedirectUri: (): string => t('the redirect URI of the settings belongs to another way'),
    otherFlow: (): string => t('the settings name another way'),
  },
} as const;

export const portStrings = {
  free: (port: number): string =>
    port === 0 ? t('can be opened') : t('{0} can be opened', String(port)),
  inUse: (port: number): string => t('{0} is in use', String(port)),
  cannotListen: (code: string): string => t('cannot be opened ({0})', code),
} as const;

export const survivalStrings = {
  kept: (): string => t('yes: what an earlier window stored was found'),
  lost: (): string => t('no: what an earlier window stored is gone'),
  unknown: (): string => t('not known before a restart; then run this again'),
} as const;

export const networkStrings = {
  proxy: (address: string, source: string): string => t('{0}, from {1}', address, source),
  noAddress: (): string => t('an address that cannot be used'),
  withCredentials: (proxy: string): string => t('{0}, with a password (not shown)', proxy),
  proxyOff: (proxy: string): string => t('{0}, unused: http.proxySupport is off', proxy),
  noProxy: (): string => t('none named, unless by the system'),
  answers: (status: number): string => t('answers (HTTP status {0})', status),
  answersUnseen: (): string => t('answers'),
  fault: (code: string): string => t('cannot be reached ({0})', code),
  testServer: (answer: string): string => t('a test server in its place {0}', answer),
  clockAgrees: (): string => t('agrees with the server’s'),
  clockAhead: (seconds: number): string => t('{0} ahead of the server’s', amount(seconds)),
  clockBehind: (seconds: number): string => t('{0} behind the server’s', amount(seconds)),
  clockUnknown: (): string => t('no server has told its time'),
} as const;

export const sessionStrings = {
  scopes: (names: readonly string[], others: number): string => {
    const all = [...names];
    if (others > 0) all.push(t('{0} that Spotify does not document', others));
    return t('{0} scope(s): {1}', names.length + others, all.join(', ') || reportStrings.none());
  },
  client: {
    configured: (): string => t('of the configured client ID'),
    other: (): string => t('of another client ID'),
    extensions: (): string => t('of an extension’s own client ID'),
  },
  token: (seconds: number): string => t('token ends {0}', moment(seconds)),
  consent: (seconds: number): string => t('consent ends {0}', moment(seconds)),
  refused: (seconds: number): string => t('refused by Spotify {0}', moment(-seconds)),
} as const;

/** @param seconds From now on; negative for what is over. */
function moment(seconds: number): string {
  return seconds < 0 ? t('{0} ago', amount(-seconds)) : t('in {0}', amount(seconds));
}

export function amount(seconds: number): string {
  if (seconds < 120) return t('{0} s', Math.round(seconds));
  if (seconds < 7200) return t('{0} min', Math.round(seconds / 60));
  const hours = Math.round(seconds / 3600);
  return hours < 48 ? t('{0} h', hours) : t('{0} days', Math.round(hours / 24));
}
