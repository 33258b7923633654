const realNow = Date.now;
const realPerformanceNow = performance.now.bind(performance);

/** Moves the clock of this process forward, so that pauses, leases and tokens end without a wait. */
export function moveClock(seconds: number): void {
  const now = Date.now;
  Date.now = () => now() + seconds * 1000;
}

/** Has so many seconds pass in this process, without a wait: the clock and all waits go on. */
export function passTime(seconds: number): void {
  moveClock(seconds);
  const now = performance.now.bind(performance);
  performance.now = () => now() + seconds * 1000;
}

/** Undoes all moves of the clock. */
export function resetClock(): void {
  Date.now = realNow;
  performance.now = realPerformanceNow;
}
