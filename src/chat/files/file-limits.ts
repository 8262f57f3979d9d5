/** How much is kept of the files that people post, in bytes. */
export interface FileLimits {
  readonly each: number;
  /** All files of a room together. */
  readonly room: number;
}
