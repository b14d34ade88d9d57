const widest = 60
const context = 15

/** A long text cut to about 60 characters: `The quick brown fox…`. */
export function cut(text: string, length = widest): string {
  const characters = Array.from(text)
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}

/** Two texts, cut so that the first difference is seen even when it stands far in. */
export function cutPair(from: string, to: string): [from: string, to: string] {
  const left = Array.from(from)
  const right = Array.from(to)
  if (Math.max(left.length, right.length) <= widest) return [from, to]
  let same = 0
  while (same < left.length && same < right.length && left[same] === right[same]) same += 1
  const skip = same > widest - 2 * context ? same - context : 0
  const part = (characters: string[]): string =>
    cut(`${skip > 0 ? '…' : ''}${characters.slice(skip).join('')}`)
  return [part(left), part(right)]
}
