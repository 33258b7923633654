import { editorLink, RELAY_REDIRECT_URI, type RedirectUriFault } from '../common/redirectUri.ts';
import {
  type Choice,
  chooseFlows,
  isLoopbackHost,
  isRelayedHost,
  type FlowQuery,
  settingsFault,
} from '../flows/chooseFlow.ts';
import { neededUris } from '../flows/neededUris.ts';

/** The kind of host that the editor's page comes from. The host's name may identify the user. */
type PageHost = 'thisComputer' | 'microsoft' | 'elsewhere';

/** Which sign-in flows can be used in this window, and why the others cannot. */
export interface FlowsFinding {
  readonly query: Pick<FlowQuery, 'host' | 'ui' | 'uriScheme' | 'isPortable' | 'signInFlow'>;
  /** The kind of host that serves the editor's page; undefined outside a browser. */
  readonly pageHost: PageHost | undefined;
  /** The configured redirect URI. Undefined if none is configured; `''` if it may identify the user. */
  readonly redirectUri: string | undefined;
  /** What is wrong with the configured redirect URI; undefined if nothing is. */
  readonly fault: RedirectUriFault | undefined;
  /** All flows, in the order in which a sign-in tries them. */
  readonly choices: readonly Choice[];
  /**
   * The redirect URIs that the user must register with Spotify. A URI that may identify the user is
   * replaced by `''`.
   */
  readonly toRegister: readonly string[];
}

export function flowsFinding(query: FlowQuery): FlowsFinding {
  const { redirectUri, uriScheme } = query;
  const shown = (uri: string) => (isAnonymous(uri, uriScheme) ? uri : '');
  return {
    query,
    pageHost: query.ui === 'web' ? pageHostOf(query.pageHost) : undefined,
    redirectUri: redirectUri && shown(redirectUri),
    fault: settingsFault(query),
    choices: chooseFlows(query),
    toRegister: neededUris(query).map(({ uri }) => shown(uri)),
  };
}

/** Whether the redirect URI is a usual one, which does not identify the user. */
function isAnonymous(redirectUri: string, uriScheme: string): boolean {
  return (
    [RELAY_REDIRECT_URI, editorLink(uriScheme)].includes(redirectUri) ||
    /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?\/(callback)?$/.test(redirectUri)
  );
}

function pageHostOf(host: string | undefined): PageHost {
  if (isLoopbackHost(host)) return 'thisComputer';
  return isRelayedHost(host) ? 'microsoft' : 'elsewhere';
}
