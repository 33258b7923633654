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

/** Where the page that shows the editor comes from, without the name of its host. */
type PageHost = 'thisComputer' | 'microsoft' | 'elsewhere';

/** Which sign-in flows can be used in this window, and why the others cannot. */
export interface FlowsFinding {
  readonly query: Pick<FlowQuery, 'host' | 'ui' | 'uriScheme' | 'isPortable' | 'signInFlow'>;
  /** Where the editor's page comes from; undefined if the editor runs outside a browser. */
  readonly pageHost: PageHost | undefined;
  /** The configured redirect URI; undefined if none is configured, `''` if it may identify the user. */
  readonly redirectUri: string | undefined;
  /** What is wrong with the configured redirect URI; undefined if nothing is. */
  readonly fault: RedirectUriFault | undefined;
  /** All flows, in the order in which a sign-in tries them. */
  readonly choices: readonly Choice[];
  /** The redirect URIs to register with Spotify; `''` for one that may identify the user. */
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

/** Whether a redirect URI is one that every user may have, and so does not identify the user. */
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
