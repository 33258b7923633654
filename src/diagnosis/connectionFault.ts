/** Why a server cannot be reached. */
export type FaultKind =
  | 'name'
  | 'refused'
  | 'noRoute'
  | 'proxyWantsPassword'
  | 'proxyRefuses'
  | 'certificate'
  | 'timeout'
  | 'broken'
  | 'other';

/** The kind, and what Node or OpenSSL calls it, where there is a name. */
export interface ConnectionFault {
  readonly kind: FaultKind;
  readonly code?: string | undefined;
}

/** https://nodejs.org/api/errors.html, https://undici.nodejs.org/#/docs/api/Errors */
const KINDS: Readonly<Record<string, FaultKind>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  EAI_FAIL: 'name',
  EAI_NODATA: 'name',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'noRoute',
  ENETUNREACH: 'noRoute',
  ENETDOWN: 'noRoute',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  ECONNRESET: 'broken',
  EPIPE: 'broken',
  UND_ERR_SOCKET: 'broken',
};

/** What OpenSSL says of a certificate: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE = /CERT|CRL|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH|^HOSTNAME_MISMATCH$/;

/** How undici tells of a proxy that does not open a tunnel. */
const PROXY_ANSWER = /Proxy response \((\d{3})\)/;

/** What `error`, or the first thing that caused it and has a name, says. */
export function connectionFault(error: unknown): ConnectionFault {
  for (const { code, message, isTimeout } of causes(error)) {
    const status = PROXY_ANSWER.exec(message)?.[1];
    if (status === '407') return { kind: 'proxyWantsPassword', code: status };
    if (status) return { kind: 'proxyRefuses', code: status };
    if (isTimeout) return { kind: 'timeout' };
    if (code === undefined) continue;
    const kind = KINDS[code] ?? (CERTIFICATE.test(code) ? 'certificate' : undefined);
    if (kind) return { kind, code };
  }
  const named = causes(error).findLast(({ code }) => code !== undefined);
  return { kind: 'other', code: named?.code };
}

interface Cause {
  readonly code: string | undefined;
  readonly message: string;
  readonly isTimeout: boolean;
}

/** From the error to what caused it all; a name of ours (`connection`) is none of the network's. */
function causes(error: unknown): Cause[] {
  const found: Cause[] = [];
  for (let cause = error; cause instanceof Error && found.length < 10; cause = next(cause)) {
    const code = 'code' in cause ? String(cause.code) : '';
    found.push({
      code: /^[A-Z][A-Z\d_]+$/.test(code) ? code : undefined,
      message: cause.message,
      isTimeout: cause.name === 'TimeoutError',
    });
  }
  return found;
}

function next(error: Error): unknown {
  return error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
}
