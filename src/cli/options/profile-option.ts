import { Option } from 'commander'

/** The flag of the commands whose report has pipelines. */
export interface ProfileFlags {
  profile?: boolean
}

export function profileOption(): Option {
  return new Option('--profile', 'tell where the time went, stage by stage')
}
