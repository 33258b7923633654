/** Decides which of the windows tells a person something. */
export interface NoticeClaims {
  /** True for the first caller of all windows, until `again`. */
  claim(name: string): Promise<boolean>;
  /** Makes the next caller the first one again. */
  release(name: string): Promise<void>;
}
