import { l10n } from 'vscode';
import { duration, roundedFromNow } from './moments.ts';

/** A problem that the diagnosis found, and what the user can do about it. */
export interface Advice {
  readonly what: string;
  readonly advice: string;
}

/** The advice if another extension registers an authentication provider with the id `spotify`, too. */
export const competingAdvice = (): Advice => ({
  what: l10n.t('Another extension also signs in to Spotify, and VS Code uses only one of the two.'),
  advice: l10n.t('Disable or uninstall one of the two extensions.'),
});

export const clientIdAdvice = {
  none: (): Advice => ({
    what: l10n.t('No client ID is set.'),
    advice: l10n.t('Run the command “Spotify: Set Up Client ID”.'),
  }),
  malformed: (): Advice => ({
    what: l10n.t('The client ID is unusual: it does not consist of 32 hexadecimal digits.'),
    advice: l10n.t('Compare the client ID with the one in the Spotify dashboard.'),
  }),
} as const;

export const redirectUriAdvice = {
  notAnAddress: (): Advice => ({
    what: l10n.t('The redirect URI in the settings is not a valid URI.'),
    advice: l10n.t('Correct the redirect URI, or clear the setting.'),
  }),
  localhost: (): Advice => ({
    what: l10n.t(
      'The redirect URI in the settings uses “localhost”, which Spotify does not accept.',
    ),
    advice: l10n.t(
      'Register http://127.0.0.1/callback in the Spotify dashboard. Then enter it in the settings, or clear the setting.',
    ),
  }),
  insecure: (): Advice => ({
    what: l10n.t(
      'The redirect URI in the settings begins with http://, which Spotify accepts only for 127.0.0.1 and [::1].',
    ),
    advice: l10n.t('Correct the redirect URI, or clear the setting.'),
  }),
  otherFlow: (): Advice => ({
    what: l10n.t('The redirect URI and the sign-in flow in the settings do not belong together.'),
    advice: l10n.t('Change one of the two settings.'),
  }),
} as const;

/** What to do about each fault of the loopback port, which {@link unavailableStrings} name. */
export const portAdvice = {
  portInUse: (): string =>
    l10n.t(
      'Stop the program or the sign-in that uses the port, or register a redirect URI without a port.',
    ),
  portReserved: (): string =>
    l10n.t(
      'Register a redirect URI without a port, or with another port. Then enter it in the settings.',
    ),
  cannotListen: (): string =>
    l10n.t(
      'In your security software, allow the editor to open ports, or sign in by pasting the address from the browser.',
    ),
} as const;

export const secretsAdvice = {
  refused: (keyringUrl: string): Advice => ({
    what: l10n.t('The editor’s SecretStorage does not work, so no sign-in can be stored.'),
    advice: l10n.t('Unlock or set up a keyring ({0}), and restart the editor.', keyringUrl),
  }),
  lost: (keyringUrl: string): Advice => ({
    what: l10n.t(
      'The editor loses its secrets when it closes, so you have to sign in after each start.',
    ),
    advice: l10n.t('Set up a keyring ({0}).', keyringUrl),
  }),
} as const;

/**
 * The problem and the advice for each kind of connection fault. `server` names the server, or both
 * servers. `code` is the error code of Node or OpenSSL, or the HTTP status of the proxy. Some texts
 * show it.
 */
export const faultAdvice = {
  name: (server: string): Advice => ({
    what: l10n.t('The server name {0} cannot be resolved.', server),
    advice: l10n.t('Check the network and, if you use a proxy, the setting http.proxy.'),
  }),
  refused: (server: string): Advice => ({
    what: l10n.t('The connection to {0}, or to the proxy, was refused.', server),
    advice: l10n.t('Check the setting http.proxy and your firewall.'),
  }),
  noRoute: (server: string): Advice => ({
    what: l10n.t('This computer has no network on which it can reach {0}.', server),
    advice: l10n.t('Connect this computer to the network.'),
  }),
  proxyWantsPassword: (server: string): Advice => ({
    what: l10n.t('The proxy requires a user name and a password to connect to {0}.', server),
    advice: l10n.t(
      'Add the user name and the password to the proxy’s address in the setting http.proxy.',
    ),
  }),
  proxyRefuses: (server: string, code: string): Advice => ({
    what: l10n.t('The proxy refuses to connect to {0} (HTTP status {1}).', server, code),
    advice: l10n.t('Ask the administrator of the proxy to allow the connection.'),
  }),
  certificate: (server: string, code: string): Advice => ({
    what: l10n.t('The certificate of {0} is not trusted ({1}).', server, code),
    advice: certificateAdvice(code),
  }),
  timeout: (server: string): Advice => ({
    what: l10n.t('{0} did not answer in time.', server),
    advice: l10n.t('Check the network, the setting http.proxy and your firewall.'),
  }),
  broken: (server: string, code: string): Advice => ({
    what: l10n.t('The connection to {0} was interrupted ({1}).', server, code),
    advice: l10n.t('Try again. The cause may be a proxy or a firewall.'),
  }),
  other: (server: string, code: string): Advice => ({
    what: l10n.t('{0} cannot be reached ({1}).', server, code),
    advice: l10n.t('Check the network and the setting http.proxy.'),
  }),
} as const;

function certificateAdvice(code: string): string {
  if (/EXPIRED|NOT_YET_VALID/.test(code)) {
    return l10n.t(
      'Check the clock of this computer. If the clock is right, the cause is a proxy or security software.',
    );
  }
  return l10n.t(
    'A proxy or security software between this computer and Spotify may use a certificate of its own. Add the root certificate of that proxy or software to the certificates of the operating system, and leave the setting http.systemCertificates on.',
  );
}

export const serverAdvice = {
  busy: (server: string, status: number): Advice => ({
    what: l10n.t('{0} answers with HTTP status {1}.', server, status),
    advice: l10n.t('Try again in a few minutes.'),
  }),
  clock: (seconds: number): Advice => ({
    what: l10n.t({
      message: 'The clock of this computer is wrong by {0}.',
      args: [duration(Math.abs(seconds))],
      comment: ['{0}: “5 minutes”'],
    }),
    advice: l10n.t('Set the clock, or let the operating system set it automatically.'),
  }),
} as const;

export const sessionAdvice = {
  unreadable: (): Advice => ({
    what: l10n.t('The stored sessions cannot be read.'),
    advice: l10n.t('Restart the editor. If that does not help, sign in again.'),
  }),
  refused: (accountNumber: number): Advice => ({
    what: l10n.t('Spotify has refused a session of account {0}.', accountNumber),
    advice: l10n.t('Sign in again.'),
  }),
  endsSoon: (accountNumber: number, seconds: number): Advice => ({
    what: l10n.t({
      message: 'Spotify ends a session of account {0} {1}.',
      args: [accountNumber, roundedFromNow(seconds)],
      comment: ['{0}: a number. {1}: “in 3 days”'],
    }),
    advice: l10n.t('Sign in again to stay signed in.'),
  }),
} as const;
