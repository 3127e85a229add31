import type { FirstWords } from '..';
import { bundled } from './bundled';
import { common } from './common';
import { comparison } from './comparison';
import { errors } from './errors';
import { files } from './files';
import { model } from './model';
import { nav } from './nav';
import { opening } from './opening';
import { places } from './places';
import { recovery } from './recovery';
import { settings } from './settings';
import { study } from './study';
import { studySettings } from './study-settings';
import { test } from './test';
import { tour } from './tour';
import { traits } from './traits';
import { wording } from './wording';

export const words: FirstWords = {
  bundled,
  common,
  comparison,
  errors,
  files,
  model,
  nav,
  opening,
  places,
  recovery,
  settings,
  study,
  studySettings,
  test,
  tour,
  traits,
  wording,
};
