import type * as commands from '../commands.js'

/** What the command line calls: the functions that everybody can call. */
export type Library = typeof commands
