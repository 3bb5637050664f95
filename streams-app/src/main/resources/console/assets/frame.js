// What stands around every page: the places to go to, the state of the connection, and the dialogs.

import { hasToken } from './ask.js';
import { PLACES } from './keys.js';
import { clock, length } from './moments.js';
import { copyButton } from './parts.js';
import { go } from './route.js';
import { clear } from './text.js';
import { h } from './view.js';
import { rank } from './words.js';

/** Milliseconds a whole list may be old before that is said: it is asked each minute. */
const OLD = 150_000;

export function frame({ watch, state, actions, content }) {
  return h(
    'div.frame',
    null,
    h('a.skip', { href: '#main', onClick: toMain }, 'Skip to the content'),
    rail(watch, state, actions),
    h('div.stage', null, banner(watch), h('main', { id: 'main', tabindex: '-1' }, content), foot(watch, actions)),
    state.dialog === 'help' ? helpDialog(state, actions) : null,
    state.dialog === 'token' ? tokenDialog(state, actions) : null,
  );
}

function toMain(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

function rail(watch, state, actions) {
  const here = state.path.split('/')[1] ?? '';
  const place = ([key, href, label]) => {
    const isHere = href.split('/')[1] === here;
    return h(
      'li',
      null,
      h('a', { href, 'aria-current': isHere ? 'page' : null, onClick: closeMenu }, h('span', null, label === 'What is wrong now' ? 'Now' : label), trouble(href, watch), h('kbd', { 'aria-hidden': 'true' }, key)),
    );
  };
  return h(
    'header.rail',
    null,
    h('a.brand', { href: '#/', 'aria-label': 'Postwarden, what is wrong now' }, 'post', h('em', null, 'warden')),
    connection(watch),
    h(
      'details.menu',
      { hook: openWhereWide },
      h('summary', null, 'Menu'),
      h('form.find', { role: 'search', onSubmit: find }, h('label', { for: 'find' }, 'Find a host, address, account or domain'), h('input', { id: 'find', type: 'text', name: 'name', autocomplete: 'off', spellcheck: 'false', placeholder: 'mx1 or 192.0.2.7' })),
      h('nav', { 'aria-label': 'Pages' }, h('ul', null, PLACES.slice(0, 3).map(place)), h('ul', null, PLACES.slice(3, 8).map(place)), h('ul', null, PLACES.slice(8).map(place))),
      h('div.tools', null, h('button', { type: 'button', onClick: actions.theme }, 'Dark or light'), h('button', { type: 'button', onClick: actions.help }, 'Keys and help'), hasToken() ? h('button', { type: 'button', onClick: actions.forget }, 'Forget my token') : null),
    ),
  );
}

/** The menu is always open beside a wide page. */
const wide = matchMedia('(min-width: 62rem)');
function openWhereWide(element, isNew) {
  if (isNew) {
    element.open = wide.matches;
    wide.addEventListener('change', () => {
      element.open = wide.matches;
    });
  }
}

function closeMenu(event) {
  if (!wide.matches) {
    event.currentTarget.closest('details').open = false;
  }
}

function trouble(href, watch) {
  const blind = watch.blindHosts();
  const serious = watch.worst().filter((alert) => rank(alert.severity) < rank('INFO')).length;
  const number = { '#/': serious, '#/fleet': blind.silent.length + blind.late.length, '#/drift': blind.strange.length }[href] ?? 0;
  return number > 0 ? h('span.count', null, String(number), h('span.unseen', null, { '#/': ' open', '#/fleet': ' silent or late', '#/drift': ' hosts' }[href])) : null;
}

/** Guesses the kind from the form of a name. */
function find(event) {
  event.preventDefault();
  const name = event.target.elements.name.value.trim();
  if (name === '') {
    return;
  }
  const isAddress = /^[0-9.]+$|^[0-9a-f:]+:[0-9a-f:.]*$/i.test(name);
  const kind = name.includes('@') ? 'accounts' : isAddress ? 'clients' : 'servers';
  const isDomain = kind === 'servers' && name.includes('.');
  event.target.reset();
  go(isDomain ? `#/destinations?search=${encodeURIComponent(name)}` : `#/${kind}/${encodeURIComponent(name)}`);
}

function connection(watch) {
  const { state } = watch.connection;
  const word = watch.isMute() ? 'lost' : state;
  const text = { live: 'Live', connecting: 'Connecting', lost: 'Not connected' }[word];
  return h('p.connection', { class: `is-${word}` }, h('span.lamp', { 'aria-hidden': 'true' }, word === 'live' ? '●' : word === 'lost' ? '✕' : '○'), h('strong', null, text), h('span.soft', null, `${clock(Date.now(), Date.now(), false)} UTC`));
}

/** Says loudly that what is shown may not be so any more. */
function banner(watch) {
  const { state, why, lostAt, retryAt } = watch.connection;
  const health = watch.health.value;
  if (state === 'lost' || lostAt !== undefined || watch.isMute()) {
    const from = lostAt ?? watch.health.answeredAt ?? Date.now();
    return h(
      'section.banner.is-lost',
      { 'aria-label': 'Connection' },
      // Only what stays the same is an alert: a screen reader must not be told of each second.
      h('span', { role: 'alert' }, h('strong', null, 'Not connected. '), `What you see is from ${clock(from, Date.now(), true)} UTC and may be wrong by now. ${clear(why ?? '', 160)}${why ? '. ' : ''}`),
      h('span', null, retryAt ? `Trying again ${retryAt > Date.now() ? `within ${length(retryAt - Date.now() + 1000)}` : 'now'}. ` : 'Trying now. '),
      h('button', { type: 'button', onClick: () => watch.again() }, 'Try now'),
    );
  }
  if (health && !health.live) {
    return h('section.banner.is-lost', { 'aria-label': 'State of the service' }, h('strong', { role: 'alert' }, 'The service has stopped working. '), `Its state is ${clear(health.state, 40)}. No alert comes until it is restarted.`);
  }
  if (health && (!health.ready || health.restoring?.length > 0)) {
    return h('section.banner.is-warming', { 'aria-label': 'State of the service' }, h('strong', { role: 'status' }, 'The service is reading its state. '), restoring(health), 'Until then lists may be missing, and nothing new is said.');
  }
  const age = watch.incidents.answeredAt === null ? 0 : Date.now() - watch.incidents.answeredAt;
  if (age > OLD) {
    return h('section.banner.is-warming', { 'aria-label': 'State of the service' }, h('strong', null, `The list is ${length(age)} old. `), 'Changes still come in, but it could not be read again as a whole. ', h('button', { type: 'button', onClick: () => watch.again() }, 'Try now'));
  }
  return null;
}

function restoring(health) {
  const total = health.restoring.reduce((sum, part) => sum + part.total, 0);
  const done = health.restoring.reduce((sum, part) => sum + part.done, 0);
  return total > 0 ? `${Math.floor((100 * done) / total)} % of ${health.restoring.length} parts. ` : `${clear(health.state, 40)}. `;
}

function foot(watch, actions) {
  const answered = watch.incidents.answeredAt;
  return h('footer.foot', null, h('span', null, answered === null ? 'Nothing was answered yet.' : `All read ${length(Date.now() - answered)} ago${watch.connection.state === 'live' && !watch.isMute() ? '; changes come by themselves' : ''}.`), ' ', h('button.plain', { type: 'button', onClick: actions.help }, 'Keys: press ?'));
}

/** A dialog that is open as long as it is drawn. */
function dialog(title, actions, ...content) {
  const label = 'dialog-title';
  return h(
    'dialog',
    {
      key: title,
      'aria-labelledby': label,
      hook: (element, isNew) => isNew && element.showModal(),
      onCancel: (event) => {
        event.preventDefault();
        actions.close();
      },
    },
    h('h2', { id: label }, title),
    ...content,
  );
}

function helpDialog(state, actions) {
  const keys = [['/', 'search'], ['j, k', 'next and previous row'], ['Enter', 'open the row'], ['t', 'dark or light'], ['?', 'this help'], ['Esc', 'close, or leave a field'], ...PLACES.map(([key, , label]) => [`g ${key}`, label])];
  return dialog(
    'Keys and help',
    actions,
    h('dl.keys', null, keys.map(([key, what]) => h('div', null, h('dt', null, h('kbd', null, key)), h('dd', null, what)))),
    h('label.check', null, h('input', { type: 'checkbox', checked: state.keys, onChange: (event) => actions.switchKeys(event.target.checked) }), ' Single keys act'),
    h('p.soft', null, 'Shapes of severity: ■ critical, ▲ high, ◆ medium, ● low, ○ for information. Times are UTC; your own zone stands beside them where it differs. ⟨U+202E⟩ stands for a sign in a log that cannot be seen or that deceives.'),
    h('p.soft', null, 'The same on a command line: ', h('code', null, 'postwarden incidents'), ' ', copyButton('postwarden incidents', 'postwarden incidents')),
    h('button', { type: 'button', onClick: actions.close, autofocus: true }, 'Close'),
  );
}

function tokenDialog(state, actions) {
  const submit = (event) => {
    event.preventDefault();
    const token = event.target.elements.token.value.trim();
    if (token !== '') {
      actions.token(token);
    }
  };
  return dialog(
    'The service asks who you are',
    actions,
    state.tokenRejected ? h('p.note.is-bad', { role: 'alert' }, 'The token that was given is not taken: it may have ended.') : null,
    h('p', null, 'Give a bearer token. It is kept in this tab only and forgotten with it.'),
    h('form.lines', { onSubmit: submit, autocomplete: 'off' }, h('label', { for: 'token' }, 'Token'), h('input', { id: 'token', name: 'token', type: 'password', autocomplete: 'off', required: true, autofocus: true }), h('div.buttons', null, h('button.main', { type: 'submit' }, 'Go on'), h('button', { type: 'button', onClick: actions.close }, 'Not now'))),
  );
}
