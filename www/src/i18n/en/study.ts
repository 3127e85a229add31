import { plural } from '../../page/format';

/** What all studies say. */
export const study = {
  atLayer: (layer: number) => `at layer ${layer}`,
  extent: 'How much is asked',
  extents: { quick: 'Short', full: 'Full' },
  done: {
    answer: (done: string, total: number) => `${done} of ${plural(total, 'answer')}`,
    item: (done: string, total: number) => `${done} of ${plural(total, 'item')}`,
    text: (done: string, total: number) => `${done} of ${plural(total, 'text')}`,
  },
  stages: { gate: 'Factual questions', layer: 'Choosing the layer' },
  counted: (stage: string, count: string) => `${stage}: ${count}`,
  estimating: 'estimating the time',
  left: (duration: string) => `${duration} left`,
  stopping: 'stopping…',
  stop: 'Stop and keep what is done',
  otherModel: (model: string) => `This was found with ${model}, which is no longer loaded.`,
  errors: {
    noDirection: (trait: string) => `there is no direction of ${trait}`,
    noItem: 'there is no item to ask',
    noItemOf: (trait: string) => `there is no item that asks about ${trait}`,
    noLayer: (trait: string) =>
      `no item asks about ${trait}, so no layer can be chosen for it; study it at the layer that it has`,
    stopped: 'stopped on request',
    noItemsYet: 'the items are not there yet',
    noMoreItems: 'the items for studies of steering could not be fetched',
    otherStudy: 'it is of another study than what came with it, and one study is carried out at a time',
    otherItems: (kept: string, items: string) =>
      `the answers that are kept are of “${kept}”, and this page asks “${items}”, so that they cannot stand side by side; forget them, and carry the study out anew`,
  },
};
