import { later } from './en/later';
import { complete } from './index';

/** All that the page says, for what is fetched once the page is shown: whoever has the words from here has all of them. */
complete(later);

export { allWords as words, inEnglish, language, type Words } from './index';
