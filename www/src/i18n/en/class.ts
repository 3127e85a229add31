import { decimal, listed, plural } from '../../page/format';

/** The same test on several machines. */
export const group = {
  heading: (machines: number) => `The class: the same test on ${plural(machines, 'machine')}`,
  models: (models: { name: string; count: number }[]) =>
    `Models: ${listed(models.map(({ name, count }) => `${name} (${count})`))}.`,
  devices: (gpu: number, cpu: number) =>
    gpu === 0 || cpu === 0
      ? `All of them on the ${gpu === 0 ? 'CPU' : 'GPU'}.`
      : `${gpu} on the GPU, ${cpu} on the CPU.`,
  alike: (points: number) =>
    `All of them had the same model file and the same arithmetic: what sets them apart is rounding, here ${decimal(points, 1)} points at most.`,
  unlike: (points: number) =>
    `Not all of them had the same model file and arithmetic, so scores may differ: here by ${decimal(points, 1)} points at most.`,
  chart: (readout: string, found: string) => `Scores of all machines, ${readout}. Medians: ${found}.`,
  key: { machine: 'a machine', median: 'median' },
  table: 'The same as a table',
  caption: (readout: string) => `Scores over the machines, ${readout}`,
  columns: {
    trait: 'Trait',
    machines: 'Machines',
    median: 'Median',
    lowest: 'Lowest',
    highest: 'Highest',
  },
  every: 'Every machine as a table',
  machine: {
    caption: (readout: string) => `Scores of every machine, ${readout}`,
    number: 'Number',
    model: 'Model',
    device: 'Device',
  },
  none: 'No trait has a score on enough of them.',
  print: 'Print the class',
  save: 'Save for the class (numbers only)',
  saving:
    'The file for the class holds numbers and no text of yours: a system prompt or a wording of your own is replaced by a mark.',
};
