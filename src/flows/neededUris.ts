import type { FlowName } from '../common/configuration.ts';
import {
  editorLink,
  LOOPBACK_REDIRECT_URI,
  redirectUriFault,
  RELAY_REDIRECT_URI,
} from '../common/redirectUri.ts';
import { chooseFlows, type FlowQuery } from './chooseFlow.ts';

/** A redirect URI that the Spotify app must list, and the flow that needs it. */
export interface NeededUri {
  readonly uri: string;
  /**
   * The first flow that uses the redirect URI; `settings` if it is the redirect URI of the
   * settings.
   */
  readonly flow: FlowName | 'settings';
}

/** The redirect URIs that a Spotify app must list for a sign-in here, the most important first. */
export function neededUris(query: FlowQuery): NeededUri[] {
  const { redirectUri, uriScheme } = query;
  if (redirectUri && !redirectUriFault(redirectUri)) {
    return [{ uri: redirectUri, flow: 'settings' }];
  }
  const usual = {
    loopback: LOOPBACK_REDIRECT_URI,
    editorLink: editorLink(uriScheme),
    relay: RELAY_REDIRECT_URI,
    paste: LOOPBACK_REDIRECT_URI,
  };
  // A redirect URI that Spotify refuses is ignored here. The sign-in tells the user about it.
  const choices = chooseFlows({ ...query, redirectUri: undefined });
  const needed = choices
    .filter(({ obstacle }) => !obstacle)
    .map(({ flow }) => ({ uri: usual[flow], flow }));
  return needed.filter(({ uri }, i) => needed.findIndex((one) => one.uri === uri) === i);
}
