/** A share as people read it: `100 %` and `0 %` only when it is all or nothing, `99.9 %`, `12 %`, `0.4 %`. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`
  const hundredths = share * 100
  if (hundredths > 99) return `${Math.min(99.9, Math.round(hundredths * 10) / 10)} %`
  return hundredths < 1
    ? `${Math.max(0.1, Math.round(hundredths * 10) / 10)} %`
    : `${Math.round(hundredths)} %`
}
