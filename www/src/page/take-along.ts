import { alone } from '#parts/files';
import { fetchLanguages } from '../i18n';
import { keptForOffline } from '../offline/register';
import { fetchBank } from './bank';
import { exampleReport, exampleSteering } from './examples';
import { fetchAllInventories } from './inventories';
import { fetchPlaces } from './place-parts';
import { fetchMore } from './study-items';
import { fetchTraitTexts } from './trait-texts';

/**
 * Fetches what a visitor may choose once a model is there, so that from then on nothing is asked of a server. It is held as modules and as
 * what `fetchFile` keeps. What fails is left out: it is fetched when it is needed, and the log of requests says so.
 */
export async function takeAlong(): Promise<void> {
  const scripts = [
    fetchPlaces(),
    fetchLanguages(),
    exampleReport(),
    exampleSteering(),
    // Few visits need what draws pictures and what reads parquet.
    import('./chart-file'),
    import('hyparquet'),
  ];
  // A page in one file has these inside.
  const files = alone ? [] : [fetchBank(), fetchMore(), fetchAllInventories(), fetchTraitTexts()];
  await Promise.allSettled([...scripts, ...files, keptForOffline()]);
}
