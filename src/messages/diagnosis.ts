import { l10n } from 'vscode';
import { CLIENT_SECRET_VARIABLE } from '../common/configuration.ts';

/** What stands there while the checks run. */
export const diagnosisTitle = (): string => l10n.t('Diagnosing the sign-in to Spotify');

/** The frame of a report. Its headings are for whoever reads a bug report. */
export const reportStrings = {
  title: (): string => l10n.t('Diagnosis of the Sign-In to Spotify'),
  introduction: (time: string): string =>
    l10n.t(
      'Made on {0} (UTC). It names no account, app, computer or person, and can be pasted into a bug report as it is.',
      time,
    ),
  noProblem: (): string => l10n.t('Nothing is wrong, as far as can be seen from here.'),
  problem: (what: string, advice: string): string => l10n.t('{0} What to do: {1}', what, advice),
  failed: (why: string): string => l10n.t('could not be found out: {0}', why),
  yes: (): string => l10n.t('yes'),
  no: (): string => l10n.t('no'),
  none: (): string => l10n.t('none'),
  leftOut: (): string =>
    l10n.t(
      'left out, since not all names that would have to be taken out of it could be found out',
    ),
} as const;

export const headings = {
  findings: (): string => l10n.t('Findings'),
  versions: (): string => l10n.t('Versions and Place'),
  clientId: (): string => l10n.t('Client ID'),
  flows: (): string => l10n.t('Ways Back from the Browser'),
  secrets: (): string => l10n.t('Secrets'),
  network: (): string => l10n.t('Network'),
  sessions: (): string => l10n.t('Sessions'),
  recent: (): string => l10n.t('Recent Problems'),
} as const;

/** What stands before a value. */
export const labels = {
  extension: (): string => l10n.t('Extension'),
  editor: (): string => l10n.t('Editor'),
  appHost: (): string => l10n.t('Application host'),
  uriScheme: (): string => l10n.t('Scheme of links'),
  ui: (): string => l10n.t('Shown by'),
  extensionHost: (): string => l10n.t('Extension runs'),
  remote: (): string => l10n.t('Remote'),
  system: (): string => l10n.t('System'),
  runtime: (): string => l10n.t('Runtime'),
  competing: (): string => l10n.t('Other extensions that sign in to Spotify'),
  clientId: (): string => l10n.t('Client ID'),
  clientSecret: (): string => l10n.t('Client secret, for app tokens'),
  pageHost: (): string => l10n.t('Page of the editor'),
  signInFlow: (): string => l10n.t('Setting of the way back'),
  redirectUri: (): string => l10n.t('Redirect URI of the settings'),
  toRegister: (): string => l10n.t('Redirect URIs to register'),
  port: (): string => l10n.t('Loopback port'),
  givesBack: (): string => l10n.t('SecretStorage gives back what it is given'),
  survival: (): string => l10n.t('Secrets outlive the window'),
  proxy: (): string => l10n.t('Proxy'),
  clock: (): string => l10n.t('Clock'),
  account: (number: number): string => l10n.t('Account {0}', number),
} as const;

export const clientIdStrings = {
  settings: (): string => l10n.t('from the settings'),
  environment: (): string => l10n.t('from the environment variable SPOTIFY_SDK_CLIENT_ID'),
  wellFormed: (source: string): string => l10n.t('set, 32 hex digits, {0}', source),
  malformed: (source: string): string => l10n.t('set, not 32 hex digits, {0}', source),
} as const;

export const clientSecretStrings = {
  none: (): string => l10n.t('none'),
  secrets: (): string => l10n.t('kept in SecretStorage'),
  environment: (): string => l10n.t('from the environment variable {0}', CLIENT_SECRET_VARIABLE),
} as const;

export const placeStrings = {
  desktop: (): string => l10n.t('a program of its own'),
  web: (): string => l10n.t('a browser'),
  host: {
    local: (): string => l10n.t('beside the window'),
    remote: (): string => l10n.t('on the computer of the workspace'),
    webWorker: (): string => l10n.t('in the browser itself'),
  },
  otherRemote: (): string => l10n.t('a server'),
  pageHost: {
    thisComputer: (): string => l10n.t('from a loopback address'),
    microsoft: (): string => l10n.t('from vscode.dev or github.dev'),
    elsewhere: (): string => l10n.t('from another computer'),
  },
  notShown: (): string => l10n.t('the one of the settings (not shown)'),
} as const;

/** What becomes of a way back here, and why. */
export const choiceStrings = {
  first: (): string => l10n.t('comes first'),
  next: (): string => l10n.t('is offered when another fails'),
  not: (why: string): string => l10n.t('not here: {0}', why),
  obstacles: {
    cannotListen: (): string => l10n.t('an extension in a browser cannot listen'),
    browserElsewhere: (): string => l10n.t('the page of the editor comes from another computer'),
    notForwarded: (): string => l10n.t('the editor does not forward [::1] of a remote computer'),
    noEditorLinks: (): string => l10n.t('no system knows links to an editor in a browser'),
    portable: (): string => l10n.t('no system knows the links of a portable editor'),
    notRelayed: (): string => l10n.t('the relay is not known to work for this editor'),
    otherRedirectUri: (): string =>
      l10n.t('the redirect URI of the settings belongs to another way'),
    otherFlow: (): string => l10n.t('the settings name another way'),
  },
} as const;

export const portStrings = {
  free: (port: number): string =>
    port === 0 ? l10n.t('can be opened') : l10n.t('{0} can be opened', String(port)),
  inUse: (port: number): string => l10n.t('{0} is in use', String(port)),
  cannotListen: (code: string): string => l10n.t('cannot be opened ({0})', code),
} as const;

export const survivalStrings = {
  kept: (): string => l10n.t('yes: what an earlier window stored was found'),
  lost: (): string => l10n.t('no: what an earlier window stored is gone'),
  unknown: (): string => l10n.t('not known before a restart; then run this again'),
} as const;

export const networkStrings = {
  proxy: (address: string, source: string): string => l10n.t('{0}, from {1}', address, source),
  noAddress: (): string => l10n.t('an address that cannot be used'),
  withCredentials: (proxy: string): string => l10n.t('{0}, with a password (not shown)', proxy),
  proxyOff: (proxy: string): string => l10n.t('{0}, unused: http.proxySupport is off', proxy),
  noProxy: (): string => l10n.t('none named, unless by the system'),
  answers: (status: number): string => l10n.t('answers (HTTP status {0})', status),
  answersUnseen: (): string => l10n.t('answers'),
  fault: (code: string): string => l10n.t('cannot be reached ({0})', code),
  testServer: (answer: string): string => l10n.t('a test server in its place {0}', answer),
  clockAgrees: (): string => l10n.t('agrees with the server’s'),
  clockAhead: (seconds: number): string => l10n.t('{0} ahead of the server’s', amount(seconds)),
  clockBehind: (seconds: number): string => l10n.t('{0} behind the server’s', amount(seconds)),
  clockUnknown: (): string => l10n.t('no server has told its time'),
} as const;

export const sessionStrings = {
  scopes: (names: readonly string[], others: number): string => {
    const all = [...names];
    if (others > 0) all.push(l10n.t('{0} that Spotify does not document', others));
    return l10n.t(
      '{0} scope(s): {1}',
      names.length + others,
      all.join(', ') || reportStrings.none(),
    );
  },
  client: {
    configured: (): string => l10n.t('of the configured client ID'),
    other: (): string => l10n.t('of another client ID'),
    extensions: (): string => l10n.t('of an extension’s own client ID'),
  },
  token: (seconds: number): string => l10n.t('token ends {0}', moment(seconds)),
  consent: (seconds: number): string => l10n.t('consent ends {0}', moment(seconds)),
  refused: (seconds: number): string => l10n.t('refused by Spotify {0}', moment(-seconds)),
} as const;

/** @param seconds From now on; negative for what is over. */
function moment(seconds: number): string {
  return seconds < 0 ? l10n.t('{0} ago', amount(-seconds)) : l10n.t('in {0}', amount(seconds));
}

export function amount(seconds: number): string {
  if (seconds < 120) return l10n.t('{0} s', Math.round(seconds));
  if (seconds < 7200) return l10n.t('{0} min', Math.round(seconds / 60));
  const hours = Math.round(seconds / 3600);
  return hours < 48 ? l10n.t('{0} h', hours) : l10n.t('{0} days', Math.round(hours / 24));
}
