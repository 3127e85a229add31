import type { Words } from '..';
import { about } from './about';
import { bundled } from './bundled';
import { charts } from './charts';
import { group } from './class';
import { common } from './common';
import { comparison } from './comparison';
import { effect } from './effect';
import { errors } from './errors';
import { facts } from './facts';
import { files } from './files';
import { findings } from './findings';
import { free } from './free';
import { gate } from './gate';
import { glossary } from './glossary';
import { kept } from './kept';
import { likert } from './likert';
import { model } from './model';
import { monitor } from './monitor';
import { nav } from './nav';
import { opening } from './opening';
import { options } from './options';
import { places } from './places';
import { recovery } from './recovery';
import { report } from './report';
import { results } from './results';
import { settings } from './settings';
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

export const words: Words = {
  about,
  bundled,
  charts,
  common,
  comparison,
  effect,
  errors,
  facts,
  files,
  findings,
  free,
  gate,
  glossary,
  group,
  kept,
  likert,
  model,
  monitor,
  nav,
  opening,
  options,
  places,
  recovery,
  report,
  results,
  settings,
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
