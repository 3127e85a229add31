import { plural } from '../../page/format';

/** Charts of studies of many settings, and of differences. */
export const studyCharts = {
  ladder: {
    words: (scale: string, first: string, last: string, steps: number) =>
      `Median score of ${scale} from ${first} at the first step to ${last} at the last of ${steps}.`,
    wordsRank: (scale: string, first: string, last: string, steps: number, rank: string) =>
      `Median score of ${scale} from ${first} at the first step to ${last} at the last of ${steps}; rank correlation of step and score ${rank}.`,
    below: 'The tables below hold all numbers.',
    step: (rank: number) => `step ${rank}`,
  },

  plane: {
    heading: (instrument: string, readout: string) => `${instrument} (${readout}): where the settings lie`,
    words: (lie: string, first: string, firstShare: string, second: string, secondShare: string) =>
      `Settings in the plane of the two principal components: ${lie}; the first follows mostly ${first} (${firstShare} of the variance), the second mostly ${second} (${secondShare}).`,
    settings: (settings: number) => plural(settings, 'setting'),
    lieApart: (apart: number, settings: number) =>
      `${apart} of ${plural(settings, 'setting')} lie apart from the rest`,
    axis: (share: string) => `first component (${share} of the variance)`,
    legend: (first: string, second: string, share: string) =>
      `Each mark is a setting; near ones give like scores. Across: mostly ${first}. Upwards: mostly ${second} (${share} of the variance).`,
    apart: (apart: number, settings: number, least: number, reach: string) =>
      `${plural(apart, 'setting')} of ${settings} (rings) lie apart: fewer than ${least} within ${reach} points.`,
    table: 'Every setting as a table',
    group: 'Every setting',
    first: 'First component',
    second: 'Second component',
    liesApart: 'Lies apart',
  },

  difference: {
    words: (unit: string, found: string) => `Differences in ${unit}: ${found}`,
    lower: 'lower',
    higher: 'higher',
    row: (scale: string, value: string, unit: string, interval: string) =>
      `${scale}: ${value} ${unit}, ${interval}`,
    interval: (low: string, high: string) => `95% interval ${low} to ${high}`,
    none: (why: string) => `${why} for an interval`,
    few: 'too few items',
  },
};
