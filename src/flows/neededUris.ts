import type { FlowName } from '../common/configuration.ts';
import {
  editorLink,
  LOOPBACK_REDIRECT_URI,
  redirectUriFault,
  RELAY_REDIRECT_URI,
} from '../common/redirectUri.ts';
import { chooseFlows, type FlowQuery } from './chooseFlow.ts';

/** A redirect URI that the Spotify app has to list, and what for. */
export interface NeededUri {
  readonly uri: string;
  /** The first flow that needs it; `settings` where the person has configured it. */
  readonly flow: FlowName | 'settings';
}

/** What a Spotify app has to list for a sign-in at this place, the most needed first. */
export function neededUris(place: FlowQuery): NeededUri[] {
  const { redirectUri, uriScheme } = place;
  if (redirectUri && !redirectUriFault(redirectUri)) {
    return [{ uri: redirectUri, flow: 'settings' }];
  }
  const usual = {
    loopback: LOOPBACK_REDIRECT_URI,
    editorLink: editorLink(uriScheme),
    relay: RELAY_REDIRECT_URI,
    paste: LOOPBACK_REDIRECT_URI,
  };
  // One that Spotify refuses is complained about by the sign-in.
  const choices = chooseFlows({ ...place, redirectUri: undefined });
  const needed = choices
    .filter(({ obstacle }) => !obstacle)
    .map(({ flow }) => ({ uri: usual[flow], flow }));
  return needed.filter(({ uri }, i) => needed.findIndex((one) => one.uri === uri) === i);
}
