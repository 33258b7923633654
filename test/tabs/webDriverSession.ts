import { setTimeout as sleep } from 'node:timers/promises';

/** A session of WebDriver (https://www.w3.org/TR/webdriver2/) with a browser. */
export class WebDriverSession {
  readonly #url: string;
  #window: string | undefined;
  /** The command that was sent last. Commands go to one window, so they wait for each other. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(url: string) {
    this.#url = url;
  }

  /** Waits for the driver at `origin`, and starts its browser. Commands wait for no page. */
  static async open(origin: string): Promise<WebDriverSession> {
    while (!(await fetch(`${origin}/status`).catch(() => undefined))?.ok) await sleep(20);
    const alwaysMatch = { acceptInsecureCerts: true, pageLoadStrategy: 'none' };
    const { sessionId } = (await request('POST', `${origin}/session`, {
      capabilities: { alwaysMatch },
    })) as { sessionId: string };
    return new WebDriverSession(`${origin}/session/${sessionId}`);
  }

  /** Sends a command, to the window with this handle if there is one. Rejects with the driver’s error. */
  send(method: 'GET' | 'POST', command: string, body?: object, window?: string): Promise<unknown> {
    const sent = this.#last.then(async () => {
      if (window !== undefined && window !== this.#window) {
        await request('POST', `${this.#url}/window`, { handle: window });
        this.#window = window;
      }
      return request(method, `${this.#url}/${command}`, body);
    });
    this.#last = sent.catch(() => undefined);
    return sent;
  }
}

async function request(method: string, url: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await answer.json()) as { value: unknown };
  if (answer.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${error}: ${message}`);
}
