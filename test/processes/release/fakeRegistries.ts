import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What a program has uploaded. */
export interface Uploaded {
  readonly place: 'marketplace' | 'openvsx' | 'npm';
  readonly authorization: string;
  readonly content: Buffer;
}

/** The routes of the Marketplace, by the IDs that vsce asks for (azure-devops-node-api). */
const ROUTES = {
  'e11ea35a-16fe-4b80-ab11-c4cab88a0966':
    '_apis/{area}/publishers/{publisherName}/{resource}/{extensionName}',
  'a41192c8-9525-4b58-bc86-179fa549d80d': '_apis/{area}/{resource}',
};

/** The Marketplace, Open VSX and npm in one local server, with what vsce, ovsx and npm need of them. */
export class FakeRegistries {
  /** The places that have the version already. */
  readonly published = new Set<Uploaded['place']>();
  /** The places that answer with an error. */
  readonly broken = new Set<Uploaded['place']>();
  readonly uploads: Uploaded[] = [];
  readonly #version: string;
  readonly #server: Server;

  /** @param version The version that a place has if it is among `published`. */
  static async start(version: string): Promise<FakeRegistries> {
    const registries = new FakeRegistries(version);
    const listening = new Promise<void>((resolve) =>
      registries.#server.listen(0, '127.0.0.1', resolve),
    );
    await listening;
    return registries;
  }

  private constructor(version: string) {
    this.#version = version;
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
  }

  /** The variables with which vsce, ovsx and npm use this server. */
  get env(): NodeJS.ProcessEnv {
    const { port } = this.#server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    return {
      VSCE_MARKETPLACE_URL: url,
      OVSX_REGISTRY_URL: url,
      npm_config_registry: `${url}/npm/`,
      npm_config_fetch_retries: '0',
    };
  }

  reset(): void {
    this.published.clear();
    this.broken.clear();
    this.uploads.length = 0;
  }

  close(): Promise<unknown> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const content = await buffer(request);
    const { method = '', url = '', headers } = request;
    const place = placeOf(url);
    const isUpload = method === 'POST' || method === 'PUT';
    const refusal = isUpload ? this.#refusal(place) : undefined;
    if (isUpload && !refusal) {
      this.uploads.push({ place, authorization: headers.authorization ?? '', content });
    }
    const [status, body] = refusal ?? this.#found(method, url, place);
    send(response, status, body);
  }

  /** Returns the answer to an upload that a place does not accept. */
  #refusal(place: Uploaded['place']): [number, object] | undefined {
    if (this.broken.has(place)) return [500, { error: 'broken', message: 'broken' }];
    if (place !== 'openvsx' || !this.published.has(place)) return undefined;
    return [400, { error: `Extension ${this.#version} is already published.` }];
  }

  #found(method: string, url: string, place: Uploaded['place']): [number, object] {
    const version = this.#version;
    if (method === 'OPTIONS') return [200, { value: locations() }];
    if (url === '/api/version') return [200, { version: '1.2.0' }];
    if (place === 'openvsx') {
      return [
        201,
        { namespace: 'example', name: 'extension', version, targetPlatform: 'universal' },
      ];
    }
    if (method !== 'GET') return [200, {}];
    if (!this.published.has(place)) return [404, { error: 'Not found' }];
    if (place === 'marketplace') return [200, { versions: [{ version }] }];
    const name = decodeURIComponent(url.slice('/npm/'.length));
    const manifest = { name, version, dist: { tarball: 'http://127.0.0.1/none.tgz' } };
    return [200, { name, 'dist-tags': { latest: version }, versions: { [version]: manifest } }];
  }
}

function placeOf(url: string): Uploaded['place'] {
  if (url.startsWith('/npm/')) return 'npm';
  return url.startsWith('/_apis/') ? 'marketplace' : 'openvsx';
}

function locations(): object[] {
  return Object.entries(ROUTES).map(([id, routeTemplate]) => ({
    id,
    area: 'gallery',
    resourceName: 'extensions',
    routeTemplate,
    resourceVersion: 2,
    minVersion: '1.0',
    maxVersion: '7.2',
    releasedVersion: '0.0',
  }));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
