import { l10n } from 'vscode';

/** The title of the progress while the checks run. */
export const diagnosisTitle = (): string => l10n.t('Diagnosing the sign-in to Spotify');

/** The general texts of the report, and the values that several of its lines can have. */
export const reportStrings = {
  title: (): string => l10n.t('Diagnosis of the Sign-In to Spotify'),
  introduction: (time: string): string =>
    l10n.t(
      'Created on {0} (UTC). This report names no account, app, computer or user, so you can paste it into a bug report as it is.',
      time,
    ),
  noProblem: (): string => l10n.t('The checks found no problem.'),
  problem: (what: string, advice: string): string => l10n.t('{0} What to do: {1}', what, advice),
  failed: (why: string): string => l10n.t('could not be checked: {0}', why),
  yes: (): string => l10n.t('yes'),
  no: (): string => l10n.t('no'),
  none: (): string => l10n.t({ message: 'none', comment: ['a value'] }),
  leftOut: (): string =>
    l10n.t({
      message: 'left out, because it may contain names that could not be recognized and removed',
      comment: ['said of an error message'],
    }),
} as const;

export const headings = {
  findings: (): string => l10n.t('Findings'),
  versions: (): string => l10n.t('Versions and Environment'),
  clientId: (): string => l10n.t('Client ID'),
  flows: (): string => l10n.t('Sign-In Flows'),
  secrets: (): string =>
    l10n.t({ message: 'Secrets', comment: ['heading: where secrets are stored'] }),
  network: (): string => l10n.t('Network'),
  sessions: (): string => l10n.t('Sessions'),
  recent: (): string => l10n.t('Recent Problems'),
} as const;

/** The labels of the values in a report. */
export const labels = {
  extension: (): string => l10n.t('Extension'),
  editor: (): string => l10n.t('Editor'),
  appHost: (): string =>
    l10n.t({
      message: 'Application host',
      comment: ['VS Code’s “appHost”'],
    }),
  uriScheme: (): string => l10n.t('URI scheme of the editor'),
  ui: (): string => l10n.t('User interface'),
  extensionHost: (): string =>
    l10n.t({
      message: 'Extension runs',
      comment: ['before “in the browser”'],
    }),
  remote: (): string =>
    l10n.t({
      message: 'Remote',
      comment: ['such as “wsl”'],
    }),
  system: (): string => l10n.t({ message: 'System', comment: ['operating system'] }),
  runtime: (): string => l10n.t({ message: 'Runtime', comment: ['such as “Node 24”'] }),
  competing: (): string => l10n.t('Other extensions that sign in to Spotify'),
  clientId: (): string => l10n.t('Client ID'),
  clientSecret: (): string => l10n.t('Client secret, for app tokens'),
  pageHost: (): string => l10n.t('Where the editor’s page comes from'),
  signInFlow: (): string => l10n.t('Sign-in flow in the settings'),
  redirectUri: (): string => l10n.t('Redirect URI in the settings'),
  toRegister: (): string => l10n.t('Redirect URIs to register'),
  port: (): string => l10n.t('Loopback port'),
  givesBack: (): string => l10n.t('SecretStorage returns what it stored'),
  survival: (): string => l10n.t('Secrets survive a restart'),
  proxy: (): string => l10n.t('Proxy'),
  clock: (): string => l10n.t('Clock'),
  account: (number: number): string => l10n.t('Account {0}', number),
} as const;
