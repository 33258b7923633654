import { randomUUID } from 'node:crypto';
import { serialize } from 'node:v8';
import type { TabChannel } from '../../../src/web/tabSecrets.ts';
import { until } from '../sessions/until.ts';

type Listen = (event: { readonly data: unknown }) => void;

/** A tab's end of a real `BroadcastChannel`. While it is frozen, messages wait, as in a browser. */
export class TabEnd implements TabChannel {
  /** How long a message takes to arrive, in milliseconds. */
  lagMs = 0;
  readonly #channel: TabChannel;
  readonly #waiting: (() => void)[] = [];
  #isFrozen = false;

  constructor(channel: TabChannel) {
    this.#channel = channel;
  }

  postMessage(message: unknown): void {
    this.#channel.postMessage(message);
  }

  addEventListener(type: 'message', listen: Listen): void {
    this.#channel.addEventListener(type, (event) => {
      if (this.#isFrozen) this.#waiting.push(() => listen(event));
      else if (this.lagMs > 0) setTimeout(() => listen(event), this.lagMs);
      else listen(event);
    });
  }

  freeze(): void {
    this.#isFrozen = true;
  }

  /** Resolves when `count` messages wait. */
  async arrived(count: number): Promise<void> {
    await until(() => this.#waiting.length >= count);
  }

  /** Delivers all waiting messages at once. */
  thaw(): void {
    this.#isFrozen = false;
    for (const arrive of this.#waiting.splice(0)) arrive();
  }

  close(): void {
    this.#channel.close();
  }
}

/** The channels of the tabs of one origin, and a spy that receives every message. */
export class TabChannels {
  /** The messages that the spy has received. */
  readonly said: unknown[] = [];
  readonly #name = `test ${randomUUID()}`;
  readonly #open: TabChannel[] = [];
  readonly #spy = this.#join();

  constructor() {
    this.#spy.addEventListener('message', ({ data }) => this.said.push(data));
  }

  /** Opens the channel of another tab. */
  tab(): TabEnd {
    return new TabEnd(this.#join());
  }

  /** Posts a message to every tab. */
  say(message: unknown): void {
    this.#spy.postMessage(message);
  }

  /** The messages that the spy has received, as bytes. */
  bytes(): Buffer[] {
    return this.said.map((message) => serialize(message));
  }

  close(): void {
    for (const channel of this.#open) channel.close();
  }

  #join(): TabChannel {
    const channel: unknown = new BroadcastChannel(this.#name);
    this.#open.push(channel as TabChannel);
    return channel as TabChannel;
  }
}
