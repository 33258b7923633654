const realNow = Date.now;

/** Moves the time of this process on, so that pauses, leases and tokens end without a wait. */
export function moveClock(seconds: number): void {
  const now = Date.now;
  Date.now = () => now() + seconds * 1000;
}

export function resetClock(): void {
  Date.now = realNow;
}
