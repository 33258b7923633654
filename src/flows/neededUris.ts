import {
  editorLink,
  LOOPBACK_REDIRECT_URI,
  redirectUriFault,
  RELAY_REDIRECT_URI,
} from '../common/redirectUri.ts';
import type { NeededUri } from '../setUp/redirectUriStep.ts';
import { chooseFlows, type FlowQuery } from './chooseFlow.ts';

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
