import { l10n } from 'vscode';
import { CLIENT_SECRET_VARIABLE } from '../common/configuration.ts';
import { reportStrings } from './diagnosis.ts';
import { duration, roundedFromNow } from './moments.ts';

export const clientIdStrings = {
  settings: (): string => l10n.t('from the settings'),
  environment: (): string => l10n.t('from the environment variable SPOTIFY_SDK_CLIENT_ID'),
  wellFormed: (source: string): string =>
    l10n.t({
      message: 'set, 32 hex digits, {0}',
      args: [source],
      comment: ['{0}: “from the settings”'],
    }),
  malformed: (source: string): string =>
    l10n.t({
      message: 'set, not 32 hex digits, {0}',
      args: [source],
      comment: ['{0}: “from the settings”'],
    }),
} as const;

export const clientSecretStrings = {
  none: (): string => l10n.t({ message: 'none', comment: ['a value'] }),
  secrets: (): string => l10n.t('stored in SecretStorage'),
  environment: (): string => l10n.t('from the environment variable {0}', CLIENT_SECRET_VARIABLE),
} as const;

/**
 * The values of the report about the environment: what shows the editor, where the extension runs, and
 * where the editor's page comes from.
 */
export const environmentStrings = {
  desktop: (): string => l10n.t('desktop application'),
  web: (): string => l10n.t('browser'),
  host: {
    local: (): string => l10n.t('on the computer that shows the window'),
    remote: (): string => l10n.t('on the computer of the workspace'),
    webWorker: (): string => l10n.t('in the browser'),
  },
  otherRemote: (): string => l10n.t({ message: 'a server', comment: ['a remote of unknown kind'] }),
  pageHost: {
    thisComputer: (): string => l10n.t('this computer, by a loopback address'),
    microsoft: (): string => l10n.t('vscode.dev or github.dev'),
    elsewhere: (): string => l10n.t('another computer'),
  },
  notShown: (): string => l10n.t('the redirect URI in the settings (not shown)'),
} as const;

/**
 * The values of the report about a sign-in flow: whether a sign-in in this window uses it, and why not.
 */
export const choiceStrings = {
  first: (): string => l10n.t('used first'),
  next: (): string => l10n.t('offered if another flow fails'),
  not: (why: string): string => l10n.t('not available here: {0}', why),
  obstacles: {
    cannotListen: (): string => l10n.t('an extension in a browser cannot open a port'),
    browserElsewhere: (): string => l10n.t('the page of the editor comes from another computer'),
    notForwarded: (): string =>
      l10n.t('the editor does not forward ports of [::1] on a remote computer'),
    noEditorLinks: (): string =>
      l10n.t('the operating system cannot open links to an editor that runs in a browser'),
    portable: (): string => l10n.t('the operating system cannot open links to a portable editor'),
    notRelayed: (): string => l10n.t('the relay is not known to work for this editor'),
    otherRedirectUri: (): string =>
      l10n.t('the redirect URI in the settings belongs to another flow'),
    otherFlow: (): string => l10n.t('the settings choose another flow'),
  },
} as const;

export const portStrings = {
  free: (port: number): string =>
    port === 0
      ? l10n.t({ message: 'can be opened', comment: ['said of a port'] })
      : l10n.t({
          message: '{0} can be opened',
          args: [String(port)],
          comment: ['{0}: a port'],
        }),
  inUse: (port: number): string =>
    l10n.t({
      message: '{0} is in use',
      args: [String(port)],
      comment: ['{0}: a port'],
    }),
  cannotListen: (port: number, code: string): string =>
    port === 0
      ? l10n.t({
          message: 'cannot be opened ({0})',
          args: [code],
          comment: ['said of a port'],
        })
      : l10n.t({
          message: '{0} cannot be opened ({1})',
          args: [String(port), code],
          comment: ['{0}: a port. {1}: an error code'],
        }),
} as const;

/** The values of the report line “Secrets survive a restart”. */
export const survivalStrings = {
  kept: (): string => l10n.t('yes: a secret from an earlier window was found'),
  lost: (): string => l10n.t('no: a secret from an earlier window is gone'),
  unknown: (): string => l10n.t('not known yet: restart the editor and run the diagnosis again'),
} as const;

export const networkStrings = {
  proxy: (address: string, source: string): string =>
    l10n.t({
      message: '{0}, from {1}',
      args: [address, source],
      comment: ['{0}: a proxy. {1}: a setting'],
    }),
  noAddress: (): string => l10n.t('an invalid address'),
  withCredentials: (proxy: string): string => l10n.t('{0}, with a password (not shown)', proxy),
  proxyOff: (proxy: string): string =>
    l10n.t('{0}, not used because http.proxySupport is off', proxy),
  noProxy: (): string =>
    l10n.t('no proxy in the settings or the environment; the operating system may have one'),
  answers: (status: number): string => l10n.t('answers (HTTP status {0})', status),
  answersUnseen: (): string => l10n.t('answers'),
  fault: (code: string): string => l10n.t('cannot be reached ({0})', code),
  testServer: (answer: string): string =>
    l10n.t({
      message: 'replaced by a test server: {0}',
      args: [answer],
      comment: ['{0}: “answers (HTTP status 200)”'],
    }),
  clockAgrees: (): string => l10n.t('agrees with the server’s clock'),
  clockAhead: (seconds: number): string =>
    l10n.t({
      message: '{0} ahead of the server’s clock',
      args: [duration(seconds)],
      comment: ['{0}: “5 minutes”'],
    }),
  clockBehind: (seconds: number): string =>
    l10n.t({
      message: '{0} behind the server’s clock',
      args: [duration(seconds)],
      comment: ['{0}: “5 minutes”'],
    }),
  clockUnknown: (): string => l10n.t('not compared, because no server sent its time'),
} as const;

export const sessionStrings = {
  scopes: (names: readonly string[], others: number): string => {
    const all = [...names];
    if (others > 0) all.push(l10n.t('not documented by Spotify: {0}', others));
    return l10n.t({
      message: 'scopes: {0}',
      args: [all.join(', ') || reportStrings.none()],
      comment: ['{0}: “user-read-email, …”'],
    });
  },
  client: {
    configured: (): string => l10n.t('configured client ID'),
    other: (): string => l10n.t('another client ID'),
    extensions: (): string => l10n.t('an extension’s own client ID'),
  },
  token: (seconds: number): string =>
    l10n.t({
      message: 'token expires {0}',
      args: [roundedFromNow(seconds)],
      comment: ['{0}: “in 47 minutes”'],
    }),
  consent: (seconds: number): string =>
    l10n.t({
      message: 'consent ends {0}',
      args: [roundedFromNow(seconds)],
      comment: ['{0}: “in 99 days”'],
    }),
  refused: (seconds: number): string =>
    l10n.t({
      message: 'refused by Spotify {0}',
      args: [roundedFromNow(-seconds)],
      comment: ['{0}: “5 minutes ago”'],
    }),
} as const;
