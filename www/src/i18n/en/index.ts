import { about } from './about';
import { charts } from './charts';
import { group } from './class';
import { common } from './common';
import { comparison } from './comparison';
import { effect } from './effect';
import { facts } from './facts';
import { findings } from './findings';
import { free } from './free';
import { gate } from './gate';
import { glossary } from './glossary';
import { likert } from './likert';
import { monitor } from './monitor';
import { nav } from './nav';
import { opening } from './opening';
import { options } from './options';
import { report } from './report';
import { results } from './results';
import { share } from './share';
import { steadiness } from './steadiness';
import { steer } from './steer';
import { study } from './study';
import { studyCharts } from './study-charts';
import { studyFacts } from './study-facts';
import { studyFigures } from './study-figures';
import { studySettings } from './study-settings';
import { test } from './test';
import { tour } from './tour';
import { traits } from './traits';
import { wording } from './wording';

export const en = {
  about,
  charts,
  common,
  comparison,
  effect,
  facts,
  findings,
  free,
  gate,
  glossary,
  group,
  likert,
  monitor,
  nav,
  opening,
  options,
  report,
  results,
  share,
  steadiness,
  steer,
  study,
  studyCharts,
  studyFacts,
  studyFigures,
  studySettings,
  test,
  tour,
  traits,
  wording,
};
