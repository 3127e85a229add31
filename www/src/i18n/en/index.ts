import { about } from './about';
import { charts } from './charts';
import { common } from './common';
import { effect } from './effect';
import { monitor } from './monitor';
import { nav } from './nav';
import { steer } from './steer';
import { study } from './study';
import { studyFacts } from './study-facts';
import { studyFigures } from './study-figures';
import { studySettings } from './study-settings';

export const en = {
  about,
  charts,
  common,
  effect,
  monitor,
  nav,
  steer,
  study,
  studyFacts,
  studyFigures,
  studySettings,
};
