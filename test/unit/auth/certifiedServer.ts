import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type ClientMetadata,
  type Configuration,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider';
import type { Endpoints } from '../../../src/auth/index.ts';

/** A running oidc-provider: a certified server, independent of this project. */
export interface CertifiedServer {
  readonly endpoints: Endpoints;
  /** The `grant_type` of each request that the token endpoint granted or refused. */
  readonly grants: string[];
  /** Signs in and agrees, or declines, in a new browser; returns the URL of the redirect to the app. */
  visit(authorizationUrl: string, answer?: 'agree' | 'decline'): Promise<string>;
  close(): Promise<void>;
}

/** Starts a server on a loopback address that requires PKCE and rotates refresh tokens. */
export async function startCertifiedServer(clients: ClientMetadata[]): Promise<CertifiedServer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = quietly(() => new Provider(issuer, configuration(clients)));
  const grants: string[] = [];
  const note = ({ oidc }: KoaContextWithOIDC) => grants.push(String(oidc.params?.['grant_type']));
  provider.on('grant.success', note).on('grant.error', note);
  const handle = provider.callback();
  server.on('request', (request: IncomingMessage, response) => void handle(request, response));
  return {
    endpoints: { authorize: `${issuer}/auth`, token: `${issuer}/token` },
    grants,
    visit: (url, answer = 'agree') => visit(url, issuer, answer),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Sets the options for which the server would otherwise print a notice. */
function configuration(clients: ClientMetadata[]): Configuration {
  const hour = 3600;
  return {
    clients,
    scopes: ['user-read-private', 'user-top-read'],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: true } },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: () => true,
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    ttl: {
      // Within the library's 30 seconds of skew: expired as soon as it is issued.
      AccessToken: 20,
      AuthorizationCode: 60,
      ClientCredentials: hour,
      Grant: hour,
      IdToken: hour,
      Interaction: hour,
      RefreshToken: hour,
      Session: hour,
    },
  };
}

/** Goes through the pages for login and consent as a browser does: with redirects, cookies, forms. */
async function visit(start: string, issuer: string, answer: 'agree' | 'decline'): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  let form: URLSearchParams | undefined;
  for (let page = 0; page < 10 && url.startsWith(issuer); page++) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const html = await response.text();
    const step = location === null ? answerPage(html, answer) : { address: location };
    url = new URL(step.address, url).href;
    form = step.form;
  }
  return url;
}

/** Does what a user does on a page: submits its form, or follows its link to cancel. */
function answerPage(
  html: string,
  answer: 'agree' | 'decline',
): { address: string; form?: URLSearchParams } {
  const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1];
  const action = / action="([^"]+)"/.exec(html)?.[1];
  const cancel = /href="([^"]+\/abort)"/.exec(html)?.[1];
  if (!prompt || !action || !cancel) throw new Error(`A page without a form: ${html}`);
  if (answer === 'decline') return { address: cancel };
  return { address: action, form: new URLSearchParams({ prompt, login: 'alva', password: 'any' }) };
}

/** Hides its warnings of settings for tests only: own keys, a store in memory, plain forms. */
function quietly<T>(make: () => T): T {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}
