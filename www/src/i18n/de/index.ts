import type { Words } from '..';
import { about } from './about';
import { common } from './common';
import { errors } from './errors';
import { files } from './files';
import { kept } from './kept';
import { model } from './model';
import { nav } from './nav';
import { places } from './places';
import { settings } from './settings';

export const words: Words = { about, common, errors, files, kept, model, nav, places, settings };
