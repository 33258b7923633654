import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ClockChange, realNow } from '../../test/processes/machineClock.ts';
import { WindowClient } from '../../test/processes/windowClient.ts';

/** How long a change of the clock takes to be known to all windows, in milliseconds. */
const CLOCK_DELAY_MS = 100;
/** Longer than any pause or suspension, and longer than tombstones are kept, in seconds. */
const DAY = 25 * 3600;

/** A computer whose windows are processes. They share a folder, a clock and a keyring. */
export class Computer {
  readonly folder: string;
  readonly windows: (WindowClient | undefined)[];
  /** When a window ended, by its process id, in real milliseconds since the epoch. */
  readonly ended = new Map<number, number>();
  /** The windows that a signal has stopped. */
  readonly sleeping = new Set<WindowClient>();
  /** When the keyring was last locked or unlocked, in real milliseconds since the epoch. */
  readonly #lockChanges: number[] = [];
  readonly #all: WindowClient[] = [];
  readonly #accountsUrl: string;
  readonly #clock: ClockChange[] = [];
  /** By how many days the clock is ahead. */
  #days = 0;
  #isLocked = false;
  /** How many windows were ended. */
  #ends = 0;

  private constructor(folder: string, accountsUrl: string, windows: number) {
    this.folder = folder;
    this.#accountsUrl = accountsUrl;
    this.windows = Array<undefined>(windows).fill(undefined);
  }

  /** Starts a computer with so many open windows. */
  static async start(accountsUrl: string, windows: number): Promise<Computer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'soak-'));
    const computer = new Computer(folder, accountsUrl, windows);
    await computer.openAll();
    return computer;
  }

  get secretsFolder(): string {
    return path.join(this.folder, 'secrets');
  }

  get sessionsFolder(): string {
    return path.join(this.folder, 'sessions');
  }

  /** The windows that are open. */
  get open(): WindowClient[] {
    return this.windows.filter((window) => window !== undefined);
  }

  /** The time that the windows see, in seconds since the epoch. */
  get now(): number {
    return (realNow() + (this.#clock.at(-1)?.aheadMs ?? 0)) / 1000;
  }

  /** The reasons of all promises that no window has handled. */
  get unhandled(): string[] {
    return this.#all.flatMap(({ unhandled }) => unhandled);
  }

  /** How many windows have ended by themselves. */
  get crashes(): number {
    return this.ended.size - this.#ends;
  }

  async openAll(): Promise<void> {
    const closed = this.windows.flatMap((window, slot) => (window ? [] : [slot]));
    await Promise.all(closed.map((slot) => this.#openWindow(slot)));
  }

  /** Ends a window, at once or as a user closes it. */
  async end(window: WindowClient, how: 'kill' | 'close'): Promise<void> {
    this.windows[this.windows.indexOf(window)] = undefined;
    this.#ends++;
    await window[how]();
  }

  /** Stops a window for so long, as a debugger or a busy computer does. */
  sleep(window: WindowClient, ms: number): void {
    this.sleeping.add(window);
    window.process.kill('SIGSTOP');
    setTimeout(() => this.wake(window), ms);
  }

  wake(window: WindowClient): void {
    window.process.kill('SIGCONT');
    this.sleeping.delete(window);
  }

  /** Sets the clock ahead by more than a day. After so many `days` it is set back to the first one. */
  nextDay(days = Infinity): Promise<void> {
    this.#days = (this.#days + 1) % days;
    return this.jump(0);
  }

  /** Has the clock jump by so many seconds, ahead of its day or back, in all windows at once. */
  async jump(seconds: number): Promise<void> {
    const aheadMs = (this.#days * DAY + seconds) * 1000;
    this.#clock.push({ at: realNow() + CLOCK_DELAY_MS, aheadMs });
    await Promise.all([this.#tellAll(), pause(CLOCK_DELAY_MS + 10)]);
  }

  async lockKeyring(isLocked: boolean): Promise<void> {
    if (isLocked !== this.#isLocked) this.#lockChanges.push(realNow());
    this.#isLocked = isLocked;
    await this.#tellAll();
  }

  /** Whether the keyring was locked at some time between the two, in real milliseconds since the epoch. */
  wasLocked(from: number, to: number): boolean {
    const changes = this.#lockChanges;
    const before = changes.filter((at) => at < from).length;
    return before % 2 === 1 || changes.some((at) => at >= from && at <= to);
  }

  /** Ends all windows and deletes the folder. */
  async close(): Promise<void> {
    await Promise.all(this.#all.map((window) => window.kill()));
    await rm(this.folder, { recursive: true, force: true });
  }

  async #openWindow(slot: number): Promise<void> {
    const window = await WindowClient.open(this.folder, this.#accountsUrl);
    this.#all.push(window);
    this.windows[slot] = window;
    window.process.once('exit', () => {
      this.ended.set(window.pid, realNow());
      if (this.windows[slot] === window) this.windows[slot] = undefined;
    });
    await window.change(this.#clock, this.#isLocked);
  }

  async #tellAll(): Promise<void> {
    await Promise.all(this.open.map((window) => window.change(this.#clock, this.#isLocked)));
  }
}
