// The console's beginning: which page belongs to which address, and when the document is drawn again.

import { forgetToken, giveToken, onTokenWanted } from './ask.js';
import { frame } from './frame.js';
import { keysAreOn, listen, switchKeys } from './keys.js';
import { destinationsPage, listPage } from './pages/list.js';
import { driftPage } from './pages/drift.js';
import { entityPage } from './pages/entity.js';
import { fleetPage } from './pages/fleet.js';
import { incidentPage } from './pages/incident.js';
import { incidentsPage } from './pages/incidents.js';
import { nowPage } from './pages/now.js';
import { strayPage } from './pages/stray.js';
import { go, route } from './route.js';
import { h, paint } from './view.js';
import { Watch } from './watch.js';
import { KINDS, rank } from './words.js';

/** Milliseconds between two drawings: a storm of alerts must not keep the browser busy. */
const DRAW_EVERY = 60;
/** How often lengths of time are told anew. */
const TICK = 5_000;

const container = document.getElementById('app');
const state = { page: null, path: '', dialog: null, tokenRejected: false, keys: keysAreOn() };
let drawing = null;

function changed() {
  drawing ??= setTimeout(draw, DRAW_EVERY);
}

function say(sentence) {
  const spoken = document.getElementById('spoken');
  spoken.textContent = '';
  spoken.textContent = sentence;
}

onTokenWanted((rejected) => {
  state.dialog = 'token';
  state.tokenRejected = rejected;
  changed();
});

const watch = new Watch(changed, say);

function pageFor(here) {
  const [first, second] = here.parts;
  const context = { watch, changed, say, here };
  if (first === undefined || first === '') {
    return nowPage(context);
  }
  if (first === 'incidents') {
    return second === undefined ? incidentsPage(context) : incidentPage(context, second);
  }
  if (first in KINDS && second !== undefined) {
    return entityPage(context, first, second);
  }
  if (first === 'destinations') {
    return destinationsPage(context);
  }
  if (first in KINDS) {
    return listPage(context, first);
  }
  return { fleet: fleetPage, drift: driftPage }[first]?.(context) ?? strayPage(context);
}

function enter() {
  const here = route();
  const stays = state.page !== null && state.path === here.path && state.page.asked;
  if (stays) {
    state.page.asked(here);
    changed();
    return;
  }
  const isFirst = state.page === null;
  state.page?.stop?.();
  state.path = here.path;
  state.page = pageFor(here);
  draw();
  if (!isFirst) {
    scrollTo(0, 0);
    document.querySelector('main h1')?.focus({ preventScroll: true });
  }
}

function draw() {
  clearTimeout(drawing);
  drawing = null;
  document.title = title();
  paint(container, [frame({ watch, state, actions, content: h('div', { key: state.path }, state.page.view()) })]);
}

/** How many are serious comes first, because a tab shows little more. */
function title() {
  const serious = watch.worst().filter((alert) => rank(alert.severity) <= rank('HIGH')).length;
  const mark = watch.connection.state === 'lost' ? '✕ ' : serious > 0 ? `(${serious}) ` : '';
  return `${mark}${state.page.title()} · Postwarden`;
}

const actions = {
  go,
  search: () => (document.querySelector('main input[type=search]') ?? document.querySelector('.find input'))?.focus(),
  help: () => show(state.dialog === 'help' ? null : 'help'),
  theme: () => {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const current = document.documentElement.dataset.theme ?? (dark ? 'dark' : 'light');
    const next = current === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem('postwarden.theme', next);
    } catch {
      say('The choice lasts for this page only');
    }
    say(`${next} colours`);
    changed();
  },
  close: () => show(null),
  switchKeys: (on) => {
    state.keys = on;
    switchKeys(on);
    changed();
  },
  token: (token) => {
    giveToken(token);
    show(null);
    watch.again();
    state.page.stop?.();
    state.page = pageFor(route());
    draw();
  },
  forget: () => {
    forgetToken();
    location.reload();
  },
};

function show(dialog) {
  document.querySelector('dialog')?.close(); // gives the focus back to where it was
  state.dialog = dialog;
  changed();
}

listen(actions);
addEventListener('hashchange', enter);
setInterval(changed, TICK);
enter();
