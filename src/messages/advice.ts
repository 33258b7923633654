import { l10n } from 'vscode';
import { amount } from './diagnosis.ts';

/** What is wrong, and what mends it. */
export interface Advice {
  readonly what: string;
  readonly advice: string;
}

/** Another extension is a provider of `spotify`, too. */
export const competingAdvice = (): Advice => ({
  what: l10n.t('Another extension signs in to Spotify, too, and VS Code asks only one of them.'),
  advice: l10n.t('Disable or uninstall one of the two.'),
});

export const clientIdAdvice = {
  none: (): Advice => ({
    what: l10n.t('No client ID is set.'),
    advice: l10n.t('Run “Spotify: Set Up Client ID”.'),
  }),
  malformed: (): Advice => ({
    what: l10n.t('The client ID is not 32 hex digits, as all known ones are.'),
    advice: l10n.t('Compare it with the one in the Spotify dashboard.'),
  }),
} as const;

export const redirectUriAdvice = {
  notAnAddress: (): Advice => ({
    what: l10n.t('The redirect URI of the settings is no address.'),
    advice: l10n.t('Correct it, or leave it empty.'),
  }),
  localhost: (): Advice => ({
    what: l10n.t('Spotify refuses “localhost”, which the redirect URI of the settings names.'),
    advice: l10n.t(
      'Register http://127.0.0.1/callback, and put that into the settings or nothing.',
    ),
  }),
  insecure: (): Advice => ({
    what: l10n.t(
      'The redirect URI of the settings begins with http://, which Spotify takes for 127.0.0.1 and [::1] only.',
    ),
    advice: l10n.t('Correct it, or leave it empty.'),
  }),
  otherFlow: (): Advice => ({
    what: l10n.t('The settings name a sign-in flow to which their redirect URI does not belong.'),
    advice: l10n.t('Change one of them.'),
  }),
} as const;

export const portAdvice = {
  inUse: (port: number): Advice => ({
    what: l10n.t('Port {0} is used by another program, or by a sign-in in another window.', port),
    advice: l10n.t('End that, or register a redirect URI without a port.'),
  }),
  cannotListen: (): Advice => ({
    what: l10n.t('No loopback port can be opened, so the browser cannot come back by itself.'),
    advice: l10n.t('Allow it in your security software, or paste the address the browser ends on.'),
  }),
} as const;

export const secretsAdvice = {
  refused: (keyringUrl: string): Advice => ({
    what: l10n.t('The editor’s SecretStorage does not work, so that no sign-in can be kept.'),
    advice: l10n.t('Unlock or set up a keyring ({0}), and restart the editor.', keyringUrl),
  }),
  lost: (keyringUrl: string): Advice => ({
    what: l10n.t('The editor forgets its secrets, so that you have to sign in after each start.'),
    advice: l10n.t('Set up a keyring ({0}).', keyringUrl),
  }),
} as const;

/** Why a server cannot be reached; `code` is what Node, OpenSSL or the proxy says. */
export const faultAdvice = {
  name: (server: string): Advice => ({
    what: l10n.t('The name {0} cannot be resolved.', server),
    advice: l10n.t('Check the network and, behind a proxy, the setting http.proxy.'),
  }),
  refused: (server: string): Advice => ({
    what: l10n.t('The connection to {0}, or to the proxy, is refused.', server),
    advice: l10n.t('Check the setting http.proxy and your firewall.'),
  }),
  noRoute: (server: string): Advice => ({
    what: l10n.t('There is no network on which {0} can be reached.', server),
    advice: l10n.t('Connect this computer to the network.'),
  }),
  proxyWantsPassword: (server: string): Advice => ({
    what: l10n.t('The proxy wants a user name and a password for {0}.', server),
    advice: l10n.t('Put them into the address of the setting http.proxy.'),
  }),
  proxyRefuses: (server: string, code: string): Advice => ({
    what: l10n.t('The proxy does not connect to {0} (HTTP status {1}).', server, code),
    advice: l10n.t('Ask whoever runs the proxy to allow it.'),
  }),
  certificate: (server: string, code: string): Advice => ({
    what: l10n.t('The certificate of {0} is not trusted ({1}).', server, code),
    advice: certificateAdvice(code),
  }),
  timeout: (server: string): Advice => ({
    what: l10n.t('{0} has not answered in time.', server),
    advice: l10n.t('Check the network, the setting http.proxy and your firewall.'),
  }),
  broken: (server: string, code: string): Advice => ({
    what: l10n.t('The connection to {0} breaks off ({1}).', server, code),
    advice: l10n.t('Try again; a proxy or a firewall may be in the way.'),
  }),
  other: (server: string, code: string): Advice => ({
    what: l10n.t('{0} cannot be reached ({1}).', server, code),
    advice: l10n.t('Check the network and the setting http.proxy.'),
  }),
} as const;

function certificateAdvice(code: string): string {
  if (/EXPIRED|NOT_YET_VALID/.test(code)) {
    return l10n.t(
      'Check the clock of this computer; else a proxy or security software is to blame.',
    );
  }
  return l10n.t(
    'Something between here and Spotify may use a certificate of its own: add its root certificate to those of the operating system, and leave the setting http.systemCertificates on.',
  );
}

export const serverAdvice = {
  busy: (server: string, status: number): Advice => ({
    what: l10n.t('{0} answers with HTTP status {1}.', server, status),
    advice: l10n.t('Try again in some minutes.'),
  }),
  clock: (seconds: number): Advice => ({
    what: l10n.t('The clock of this computer is wrong by {0}.', amount(Math.abs(seconds))),
    advice: l10n.t('Set it, or let the system set it.'),
  }),
} as const;

export const sessionAdvice = {
  unreadable: (): Advice => ({
    what: l10n.t('The stored sessions cannot be read.'),
    advice: l10n.t('Restart the editor; if that does not help, sign in again.'),
  }),
  refused: (accountNumber: number): Advice => ({
    what: l10n.t('Spotify has refused a session of account {0}.', accountNumber),
    advice: l10n.t('Sign in again.'),
  }),
  endsSoon: (accountNumber: number, seconds: number): Advice => ({
    what: l10n.t('Spotify ends a session of account {0} in {1}.', accountNumber, amount(seconds)),
    advice: l10n.t('Sign in again to keep it.'),
  }),
} as const;
