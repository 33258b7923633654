import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Fault } from '../control/faults.ts';
import type { LoggedRequest } from '../control/requestLog.ts';
import type { Service } from '../service.ts';
import { Refusal, textAnswer, type Answer } from './answer.ts';
import type { Host } from './endpoint.ts';
import { readRequest, type SpotifyRequest } from './request.ts';
import { findRoute, type Route } from './routes.ts';

/** Reads a request, logs it, applies the next fault for its endpoint, and answers. */
export async function serve(
  spotify: Service,
  host: Host,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming);
  const route = findRoute(host, request);
  const { endpoint } = route;
  const logged: LoggedRequest = { ...request, at: spotify.clock.now(), host, endpoint };
  spotify.requests.add(logged);
  response.once('close', () => (logged.isAnswered = response.writableFinished));
  const fault = spotify.faults.take(endpoint);
  logged.fault = fault;

  if (fault?.delayMs) await setTimeout(fault.delayMs, undefined, { ref: false });
  const answer = fault?.reset ? undefined : (faultyAnswer(fault) ?? run(route, spotify, request));
  if (fault?.answerDelayMs) await setTimeout(fault.answerDelayMs, undefined, { ref: false });
  if (!answer || fault?.loseAnswer) {
    response.socket?.resetAndDestroy();
    return;
  }
  logged.status = answer.status;
  logged.location = answer.headers?.['Location'] as string | undefined;
  send(response, answer, spotify.clock.now(), fault?.truncate);
}

function faultyAnswer({ status, headers, body }: Fault = {}): Answer | undefined {
  if (status === undefined) return undefined;
  return { status, ...(headers && { headers }), ...(body !== undefined && { body }) };
}

function run(route: Route, spotify: Service, request: SpotifyRequest): Answer {
  if (request.tooLarge) return textAnswer(413, 'Payload Too Large');
  try {
    return route.answer(spotify, request);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    // A mistake of the stand-in or of the test. The body shows it to the test.
    return textAnswer(500, String(error));
  }
}

function send(response: ServerResponse, answer: Answer, now: number, truncate = false): void {
  const body = Buffer.from(answer.body ?? '');
  response.writeHead(answer.status, {
    Date: new Date(now).toUTCString(),
    // RFC 9110 section 8.6: none in a 204.
    ...(answer.status === 204 ? {} : { 'Content-Length': body.length }),
    ...answer.headers,
  });
  if (!truncate) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
}
