/** What the exit codes say, for the foot of every help page. */
export const exitCodes = `Exit codes:
  0        done, or nothing to do
  1        error
  2        changes are pending (plan --detailed-exitcode only)
  3        locked by another run
  4        more rejects than allowed, or verification failed
  5        stale plan, older definitions or drift
  64       the command line or an option is wrong
  130/143  interrupted by SIGINT/SIGTERM`
