import type { Words } from '..';

export const common: Words['common'] = {
  and: 'und',
};
