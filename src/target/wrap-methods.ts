/** A method as far as whoever wraps it is concerned. */
export type Method = (...args: never[]) => unknown

/** The same object, with `wrap` of each of its methods in their place; what is no method stays as it is. */
export function wrapMethods<Port extends object>(
  port: Port,
  wrap: (method: Method, name: string) => Method,
): Port {
  const members = Object.entries(port).map(([name, member]: [string, unknown]) => [
    name,
    typeof member === 'function' ? wrap(member as Method, name) : member,
  ])
  return Object.fromEntries(members) as Port
}
