import { about } from './about';
import { common } from './common';
import { nav } from './nav';

export const en = { about, common, nav };
