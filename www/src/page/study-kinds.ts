import type { Model } from '../lib/traitscope';
import type { Asked } from './asked';
import { CoherenceStudy } from './coherence-study';
import { DataStudy } from './data-study';
import { EffectStudy } from './effect-study';
import { FreeStudy } from './free-study';
import { MonitorStudy } from './monitor-study';
import type { Beginning } from './recorded-study';
import type { Run } from './run';
import { SpecificityStudy } from './specificity-study';
import type { Studies } from './studies';
import type { Study } from './study';

/** Makes the study that is asked for, in the place of the last of its kind. */
export type MakeStudy = (
  studies: Studies,
  asked: Asked,
  model: Model,
  beginning: Beginning,
  test: Run | null,
) => Study;

export const makeStudy: MakeStudy = (studies, asked, model, beginning, test) => {
  switch (asked.kind) {
    case 'effect':
      studies.effect = new EffectStudy(asked, model, beginning);
      return studies.effect;
    case 'specificity':
      studies.specificity = new SpecificityStudy(asked, model, beginning);
      return studies.specificity;
    case 'coherence':
      studies.coherence = new CoherenceStudy(asked, model, beginning);
      return studies.coherence;
    case 'monitoring':
      studies.monitor = new MonitorStudy(asked, model, beginning);
      return studies.monitor;
    case 'difference':
      studies.data = new DataStudy(asked, model, beginning);
      return studies.data;
    case 'answers':
      studies.free = new FreeStudy(asked, model, beginning, test);
      return studies.free;
  }
};
