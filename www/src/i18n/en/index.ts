import { about } from './about';
import { charts } from './charts';
import { common } from './common';
import { comparison } from './comparison';
import { facts } from './facts';
import { findings } from './findings';
import { free } from './free';
import { gate } from './gate';
import { likert } from './likert';
import { nav } from './nav';
import { opening } from './opening';
import { options } from './options';
import { report } from './report';
import { results } from './results';
import { steadiness } from './steadiness';
import { test } from './test';
import { traits } from './traits';
import { wording } from './wording';

export const en = {
  about,
  charts,
  common,
  comparison,
  facts,
  findings,
  free,
  gate,
  likert,
  nav,
  opening,
  options,
  report,
  results,
  steadiness,
  test,
  traits,
  wording,
};
