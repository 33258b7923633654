import type { OutgoingHttpHeaders } from 'node:http';

/** The response of an endpoint. */
export interface Answer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Thrown by the checks of an endpoint, to end the request with this answer. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`${answer.status} ${answer.body ?? ''}`);
    this.answer = answer;
  }
}

export function textAnswer(status: number, body: string): Answer {
  return page(status, 'text/plain; charset=utf-8', body);
}

export function htmlAnswer(status: number, body: string): Answer {
  return page(status, 'text/html; charset=utf-8', body);
}

/** The pages of the Accounts service forbid frames (captured 2017). */
function page(status: number, type: string, body: string): Answer {
  return { status, headers: { 'Content-Type': type, 'X-Frame-Options': 'deny' }, body };
}
