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

/** Which page shows the editor: never the name of its host. */
export type PageHost = 'thisComputer' | 'microsoft' | 'elsewhere';

/** By which ways a sign-in would come back, and why. */
export interface FlowsFinding {
  readonly place: Pick<FlowQuery, 'host' | 'ui' | 'uriScheme' | 'isPortable' | 'signInFlow'>;
  /** Undefined in a program of its own. */
  readonly pageHost: PageHost | undefined;
  /** Undefined where the settings name none; `''` for one that may tell whose it is. */
  readonly redirectUri: string | undefined;
  readonly fault: RedirectUriFault | undefined;
  /** In the order to try them. */
  readonly choices: readonly Choice[];
  /** What a Spotify app has to list for them; `''` as above. */
  readonly toRegister: readonly string[];
}

export function flowsFinding(place: FlowQuery): FlowsFinding {
  const { redirectUri, uriScheme } = place;
  const shown = (uri: string) => (isHarmless(uri, uriScheme) ? uri : '');
  return {
    place,
    pageHost: place.ui === 'web' ? pageHostOf(place.pageHost) : undefined,
    redirectUri: redirectUri && shown(redirectUri),
    fault: settingsFault(place),
    choices: chooseFlows(place),
    toRegister: neededUris(place).map(({ uri }) => shown(uri)),
  };
}

/** One that anybody could have. */
function isHarmless(redirectUri: string, uriScheme: string): boolean {
  return (
    [RELAY_REDIRECT_URI, editorLink(uriScheme)].includes(redirectUri) ||
    /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?\/(callback)?$/.test(redirectUri)
  );
}

function pageHostOf(host: string | undefined): PageHost {
  if (isLoopbackHost(host)) return 'thisComputer';
  return isRelayedHost(host) ? 'microsoft' : 'elsewhere';
}
