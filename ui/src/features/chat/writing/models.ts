// Which models were made to continue texts. Names are all there is to go by, and a wrong guess hides nothing: any model
// can be chosen, and one that wants a chat says so.
import type { Model } from '../../../bindings/Model'

const MADE_FOR_TEXTS = /instruct|davinci|babbage|codestral|starcoder|[-/]base$/i

/** The model that a text begins with: a favourite first. */
export function textModel(models: readonly Model[]): Model | undefined {
  const fitting = models.filter(({ name }) => MADE_FOR_TEXTS.test(name))
  return fitting.find(({ favourite }) => favourite) ?? fitting[0]
}
