/** How a report is written as text. */
export interface TextStyle {
  colour: boolean
  /** All examples, files with their hashes, speed per pipeline. */
  verbose: boolean
  /** Cells of a line. Only what can be broken keeps to it: tables and statements do not. */
  width: number
}
