/** How a report is written as text. */
export interface TextStyle {
  colour: boolean
  /** All examples, files with their hashes, speed per pipeline. */
  verbose: boolean
}
