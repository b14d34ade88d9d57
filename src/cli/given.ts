type Given<Options> = { [Name in keyof Options]?: Exclude<Options[Name], undefined> }

/** The options that were given: undefined ones are left out, so that the configuration can speak. */
export function given<Options extends object>(options: Options): Given<Options> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Given<Options>
}
