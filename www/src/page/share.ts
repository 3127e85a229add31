import { HIDEABLE, type Hideable, type Settings, writeSettings } from './settings';

/** The version that links of this page are made with. */
const VERSION = 1;

/** The address that carries a set-up: all settings, what is hidden, and whether the type is large. */
export function linkTo(settings: Settings, hide: Hideable[], show: Settings['show']): string {
  const shared = {
    ...settings,
    v: VERSION as Settings['v'],
    hide: HIDEABLE.filter(part => hide.includes(part)),
    show,
  };
  return new URL(writeSettings(shared), `${location.origin}${location.pathname}`).href;
}
