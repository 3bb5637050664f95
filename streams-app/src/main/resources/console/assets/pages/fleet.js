// The fleet as a map: each host a tile, by family of trouble and by state.

import { h } from '../view.js';
import { ago, length, millis } from '../moments.js';
import { failureNote, heading, pending } from '../parts.js';
import { clear, shortName } from '../text.js';
import { isStrange, strangeShare } from '../watch.js';
import { amount, capital, count, words } from '../words.js';

/** Below a thousandth the share of lines that are not understood is noise. */
const WORTH_SAYING = 0.001;

const STATES = {
  CURRENT: ['●', 'heard'],
  LATE: ['◐', 'late'],
  SILENT: ['✕', 'silent'],
  ENDED: ['–', 'ended'],
};

export function fleetPage({ watch, changed }) {
  const state = { search: '' };
  return { title: () => 'Fleet', view: () => view(watch, state, changed) };
}

function view(watch, state, changed) {
  const answer = watch.hosts.value;
  const search = (event) => {
    state.search = event.target.value.trim().toLowerCase();
    changed();
  };
  const rows = (answer?.items ?? []).filter((row) => row.host.toLowerCase().includes(state.search));
  return h(
    'div.fleet',
    null,
    heading('Fleet', h('div.filters', null, h('div', null, h('label', { for: 'search' }, 'Search a host'), h('input', { id: 'search', type: 'search', autocomplete: 'off', spellcheck: 'false', onInput: search })), h('p.soft.total', { role: 'status' }, answer ? count(rows.length, 'host') : ''))),
    failureNote(watch.hosts, 'The hosts could not be read'),
    pending(watch.hosts, 'the hosts'),
    answer && answer.items.length === 0 ? h('p.empty', null, 'No host has said anything yet. Is a producer running, and may it write to the topic?') : null,
    answer && answer.items.length > 0 && rows.length === 0 ? h('p.empty', null, `No host has “${clear(state.search, 80)}” in its name.`) : null,
    groups(rows).map(([title, meaning, hosts]) => section(title, meaning, hosts)),
  );
}

/** Each host stands where it is worst: its loudest family of trouble, else what we cannot see of it, else calm. */
function groups(rows) {
  const families = new Map();
  const rest = { SILENT: [], LATE: [], strange: [], ENDED: [], calm: [] };
  for (const row of rows) {
    const family = Object.entries(row.open).filter(([, number]) => number > 0).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    if (family) {
      families.set(family[0], [...(families.get(family[0]) ?? []), row]);
    } else if (row.state !== 'CURRENT' && row.state in rest) {
      rest[row.state].push(row);
    } else {
      (isStrange(row) ? rest.strange : rest.calm).push(row);
    }
  }
  const troubled = [...families].sort((a, b) => b[1].length - a[1].length).map(([family, hosts]) => [capital(words(family)), 'Incidents of this family are open.', hosts]);
  return [
    ...troubled,
    ['Silent', 'Nothing comes from them: producer, network or machine. Of these nothing is known.', rest.SILENT],
    ['Late', 'They come behind the others by more than is waited for.', rest.LATE],
    ['Not understood', 'A hundredth of their lines or more is known to no rule.', rest.strange],
    ['Calm', 'Heard, understood, nothing open.', rest.calm],
    ['Ended', 'They said goodbye; nothing is expected of them.', rest.ENDED],
  ].filter(([, , hosts]) => hosts.length > 0);
}

function section(title, meaning, hosts) {
  return h('section', { key: title }, h('h2', null, title, h('span.soft', null, ` ${amount(hosts.length)}`)), h('p.soft', null, meaning), h('ul.tiles', null, hosts.sort((a, b) => (a.host < b.host ? -1 : 1)).map(tile)));
}

function howLong(row) {
  const at = millis(row.closedThrough);
  if (at === null) {
    return ', never heard';
  }
  return { SILENT: ` for ${length(Date.now() - at)}`, LATE: ` by ${length(Date.now() - at)}`, ENDED: ` ${ago(row.closedThrough)}` }[row.state] ?? '';
}

function tile(row) {
  const [sign, word] = STATES[row.state] ?? ['?', clear(row.state, 20)];
  const open = Object.entries(row.open).filter(([, number]) => number > 0);
  const share = strangeShare(row);
  return h(
    'li',
    { key: row.host },
    h(
      'a.tile',
      { href: `#/servers/${encodeURIComponent(row.host)}`, 'data-row': true, class: `is-${clear(row.state, 20).toLowerCase()}${open.length > 0 ? ' is-open' : isStrange(row) ? ' is-strange' : ''}` },
      h('bdi.host', null, shortName(row.host)),
      h('span.state', null, h('span', { 'aria-hidden': 'true' }, `${sign} `), word, howLong(row)),
      open.map(([family, number]) => h('span.family', null, `${amount(number)} × ${words(family)}`)),
      h('span.soft', null, `${amount(row.lines)} lines an hour`, share >= WORTH_SAYING ? `, ${amount(share * 100)} % not understood` : ''),
    ),
  );
}
