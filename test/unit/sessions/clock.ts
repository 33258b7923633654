const realNow = Date.now;

/** Moves the clock of this process forward, so that pauses, leases and tokens end without a wait. */
export function moveClock(seconds: number): void {
  const now = Date.now;
  Date.now = () => now() + seconds * 1000;
}

/** Undoes all moves of the clock. */
export function resetClock(): void {
  Date.now = realNow;
}
