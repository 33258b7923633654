import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Much larger than any valid request. */
const MAX_BODY_BYTES = 64 * 1024;

/** A request, for the endpoints and the log. */
export interface SpotifyRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Empty unless the body is `application/x-www-form-urlencoded`. */
  readonly form: URLSearchParams;
  /** The value of a JSON body, whatever its content type; undefined without one. */
  readonly json: unknown;
  readonly headers: IncomingHttpHeaders;
  /** Whether the body was larger than {@link MAX_BODY_BYTES}. */
  readonly tooLarge: boolean;
}

/** Reads a request. Rejects if the connection breaks before the request is complete. */
export async function readRequest(incoming: IncomingMessage): Promise<SpotifyRequest> {
  const { method = 'GET', url = '/', headers } = incoming;
  const [path = '/'] = url.split('?', 1);
  const body = await readBody(incoming);
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return {
    method,
    path,
    query: new URLSearchParams(url.slice(path.length)),
    form: new URLSearchParams(isForm ? body : ''),
    json: isForm || !body ? undefined : parseJson(body),
    headers,
    tooLarge: body === undefined,
  };
}

/** A parameter’s value. An empty value counts as omitted (RFC 6749 sections 3.1 and 3.2). */
export function parameter(parameters: URLSearchParams, name: string): string | undefined {
  const value = parameters.get(name);
  return value === null || value === '' ? undefined : value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read but not kept, so that the client receives the answer.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString() : undefined;
}
