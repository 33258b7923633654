import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { htmlAnswer, type Answer } from '../http/answer.ts';
import type { SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import type { User } from '../users.ts';
import {
  errorPage,
  readAuthorizationRequest,
  redirectToApp,
  type AuthorizationRequest,
} from './authorizationRequest.ts';
import { consentPage } from './consentPage.ts';

/** The cookie by which Spotify’s page knows the browser’s user again. */
export const BROWSER_COOKIE = 'stand_in_browser';

/** `GET /authorize`: shows the consent page, or redirects at once if the user need not be asked. */
export function authorize(spotify: Service, { query, headers }: SpotifyRequest): Answer {
  const request = readAuthorizationRequest(spotify.apps, query);
  const { consent } = spotify.behaviour;
  if (consent === 'deny') return deny(request);
  if (consent !== 'ask') return agree(spotify, request, findUser(spotify, consent.agreeAs));

  const user = spotify.browsers.get(browserOf(headers) ?? '');
  const askAgain = query.get('show_dialog') === 'true';
  if (user && !askAgain && spotify.tokens.hasApproved(user, request.app, request.scope)) {
    return agree(spotify, request, user);
  }
  const id = randomBytes(16).toString('hex');
  spotify.pending.set(id, request);
  return htmlAnswer(200, consentPage(id, request, [...spotify.users.values()], user));
}

/** `POST /authorize/consent`: the form of the consent page. Each page accepts one answer. */
export function answerConsent(spotify: Service, { form, headers }: SpotifyRequest): Answer {
  const id = form.get('request') ?? '';
  const request = spotify.pending.get(id);
  if (!request) throw errorPage('This page has been answered already. Sign in again from the app.');
  const agreed = form.get('decision') === 'agree';
  const user = agreed ? findUser(spotify, form.get('user')) : undefined;
  spotify.pending.delete(id);
  if (!user) return deny(request);

  const browser = browserOf(headers) ?? randomBytes(16).toString('hex');
  spotify.browsers.set(browser, user);
  const back = agree(spotify, request, user);
  const cookie = `${BROWSER_COOKIE}=${browser}; Path=/; HttpOnly; SameSite=Lax`;
  return { ...back, headers: { ...back.headers, 'Set-Cookie': cookie } };
}

/** Issues a code. Even without a new question it begins a new six months (an assumption). */
function agree({ tokens }: Service, request: AuthorizationRequest, user: User): Answer {
  const { app, redirectUri, scope, codeChallenge } = request;
  const authorization = tokens.authorize(user, app, scope, codeChallenge === undefined);
  const code = tokens.issueCode(authorization, redirectUri, codeChallenge);
  return redirectToApp(request, { code });
}

function deny(request: AuthorizationRequest): Answer {
  return redirectToApp(request, { error: 'access_denied' });
}

function findUser({ users }: Service, id: string | null): User {
  const user = users.get(id ?? '');
  if (!user) throw errorPage(`There is no user ${id ?? 'chosen'}`);
  return user;
}

function browserOf({ cookie = '' }: IncomingHttpHeaders): string | undefined {
  return new RegExp(`(?:^|; )${BROWSER_COOKIE}=([0-9a-f]+)`).exec(cookie)?.[1];
}
