import { about } from './about';
import { charts } from './charts';
import { group } from './class';
import { effect } from './effect';
import { facts } from './facts';
import { findings } from './findings';
import { free } from './free';
import { gate } from './gate';
import { glossary } from './glossary';
import { kept } from './kept';
import { likert } from './likert';
import { monitor } from './monitor';
import { options } from './options';
import { report } from './report';
import { results } from './results';
import { share } from './share';
import { steadiness } from './steadiness';
import { steer } from './steer';
import { studyCharts } from './study-charts';
import { studyFacts } from './study-facts';
import { studyFigures } from './study-figures';

/** What the page says once there is more of it. */
export const later = {
  about,
  charts,
  group,
  effect,
  facts,
  findings,
  free,
  gate,
  glossary,
  kept,
  likert,
  monitor,
  options,
  report,
  results,
  share,
  steadiness,
  steer,
  studyCharts,
  studyFacts,
  studyFigures,
};
