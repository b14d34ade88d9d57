/** The id of a pipeline's section; names that differ in signs only stay apart by their place. */
export function pipelineAnchor(name: string, index: number): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return plain === name ? `pipeline-${name}` : `pipeline-${plain}-${index + 1}`
}
