// What the fake has learnt about some models.
import type { LearntRow } from '../../bindings/LearntRow'

const NOTHING_LEARNT: LearntRow['learnt'] = {
  noStream: false,
  noStreamOptions: false,
  wantsMaxCompletionTokens: false,
  wantsChat: false,
  refusedFields: [],
  noSchemas: false,
  noSystem: false,
  thinks: false,
  window: null,
  noPictures: [],
  noTools: [],
  tooLongSound: null,
}

export function sampleLearnt(serviceId: string): LearntRow[] {
  return [
    {
      serviceId,
      model: 'openai/gpt-4o',
      learnt: { ...NOTHING_LEARNT, wantsMaxCompletionTokens: true, refusedFields: ['top_k'] },
    },
    { serviceId, model: 'openai/gpt-4o-mini', learnt: { ...NOTHING_LEARNT, noStreamOptions: true } },
  ]
}
