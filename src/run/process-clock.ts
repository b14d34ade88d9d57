/** What tells how the time of a process goes by, in milliseconds from any beginning. */
export interface ProcessClock {
  now(): number
  /** Of these, those in which the process slept, since nothing was to be done until somebody answered. */
  idle(): number
  /** What all threads of the process have computed, in user and in kernel mode. */
  cpu(): number
  /** The most memory that the process ever had, in MB. */
  peakMemoryMb(): number
}

/** The clock of this process. */
export const processClock: ProcessClock = {
  now: () => performance.now(),
  idle: () => performance.eventLoopUtilization().idle,
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
  // The system counts in units of 1,024 bytes.
  peakMemoryMb: () => Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
}
