/** Decides which of the windows tells a person something. */
export interface OnceAcrossWindows {
  /** True for the first caller of all windows, until `again`. */
  first(name: string): Promise<boolean>;
  /** Makes the next caller the first one again. */
  again(name: string): Promise<void>;
}
