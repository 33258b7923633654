/**
 * The kinds of reasons why a request gets no answer. `name` means that the name of the server cannot be
 * resolved.
 */
type FaultKind =
  | 'name'
  | 'refused'
  | 'noRoute'
  | 'proxyWantsPassword'
  | 'proxyRefuses'
  | 'certificate'
  | 'timeout'
  | 'broken'
  | 'other';

/** The reason why a request got no answer. */
export interface ConnectionFault {
  readonly kind: FaultKind;
  /** The code of Node or OpenSSL, such as `ECONNREFUSED`, or the proxy's HTTP status. */
  readonly code?: string | undefined;
}

/**
 * The kind of fault for each error code. The codes are explained at https://nodejs.org/api/errors.html
 * and https://undici.nodejs.org/#/docs/api/Errors.
 */
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

/**
 * Matches error codes about certificates: https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const CERTIFICATE = /CERT|CRL|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH|^HOSTNAME_MISMATCH$/;

/** Matches undici's message about a proxy that opens no tunnel to the server. */
const PROXY_ANSWER = /Proxy response \((\d{3})\)/;

/** Classifies `error` by the first error in its chain of causes that has a known code or message. */
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
  const withCode = causes(error).findLast(({ code }) => code !== undefined);
  return { kind: 'other', code: withCode?.code };
}

interface Cause {
  readonly code: string | undefined;
  readonly message: string;
  readonly isTimeout: boolean;
}

/**
 * The error and its causes, at most ten. A code in lower case, such as the library's `connection`, is
 * left out: it is not a code of Node or OpenSSL.
 */
function causes(error: unknown): Cause[] {
  const list: Cause[] = [];
  for (let cause = error; cause instanceof Error && list.length < 10; cause = next(cause)) {
    const code = 'code' in cause ? String(cause.code) : '';
    list.push({
      code: /^[A-Z][A-Z\d_]+$/.test(code) ? code : undefined,
      message: cause.message,
      isTimeout: cause.name === 'TimeoutError',
    });
  }
  return list;
}

function next(error: Error): unknown {
  return error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
}
