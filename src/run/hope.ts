/** Whether it is worth a try to do without a look first: less and less often as long as tries fail. */
export interface Hope {
  /** Asked once for each batch. */
  isWorthATry(): boolean
  worked(): void
  failed(): void
}

/** After so many batches it is tried again at the latest. */
const mostPassedOver = 64

/** Nothing was tried yet. */
export function newHope(): Hope {
  let pause = 0
  let passOver = 0
  return {
    isWorthATry: () => {
      if (passOver === 0) return true
      passOver -= 1
      return false
    },
    worked: () => {
      pause = 0
    },
    failed: () => {
      pause = Math.min(mostPassedOver, Math.max(1, 2 * pause))
      passOver = pause
    },
  }
}
