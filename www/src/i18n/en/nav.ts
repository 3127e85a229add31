import { plural } from '../../page/format';

export const nav = {
  places: 'Places',
  language: 'Language',
  skip: 'Skip to the content',
  names: {
    model: 'Model',
    test: 'Test',
    steer: 'Steer',
    monitor: 'Monitor',
    results: 'Results',
    about: 'About',
  },
  loaded: 'loaded',
  results: (count: number) => plural(count, 'result'),
  title: (place: string) => `${place} · Traitscope`,
  lead: 'Give a small language model a personality test, on your own computer.',
  under: 'The model runs inside this page. Nothing you load, type or measure leaves your browser.',
  fetching: 'Fetching this part of the page…',
  suspended: (minutes: number) =>
    `the browser had stopped this tab for ${plural(minutes, 'minute')}. Nothing is lost, and the work goes on; keep the tab in view and the computer awake, so that it does not stop again`,
  refused: (reasons: string) => `Part of this page’s address was not used. ${reasons}`,
};
