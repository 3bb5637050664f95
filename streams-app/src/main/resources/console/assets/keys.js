// The keyboard. Single keys can be switched off (WCAG 2.1.4), and never act while something is typed.

export const PLACES = [
  ['n', '#/', 'What is wrong now'],
  ['i', '#/incidents', 'Incidents'],
  ['f', '#/fleet', 'Fleet'],
  ['s', '#/servers', 'Servers'],
  ['c', '#/clients', 'Clients'],
  ['a', '#/accounts', 'Accounts'],
  ['e', '#/senders', 'Senders'],
  ['d', '#/destinations', 'Destinations'],
  ['l', '#/drift', 'Lines not understood'],
];

const SWITCH = 'postwarden.keys';
/** Milliseconds in which the second key of a pair must come. */
const PAIR = 1500;

export function keysAreOn() {
  try {
    return localStorage.getItem(SWITCH) !== 'off';
  } catch {
    return true;
  }
}

export function switchKeys(on) {
  localStorage.setItem(SWITCH, on ? 'on' : 'off');
}

/** @param actions {search, help, theme, go}: what the keys do */
export function listen(actions) {
  let pairUntil = 0;
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select, dialog') ?? null;
    if (event.key === 'Escape' && typing?.matches('input')) {
      typing.blur();
      return;
    }
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !keysAreOn()) {
      return;
    }
    const place = performance.now() < pairUntil ? PLACES.find(([key]) => key === event.key) : undefined;
    pairUntil = event.key === 'g' ? performance.now() + PAIR : 0;
    if (place) {
      event.preventDefault();
      actions.go(place[1]);
      return;
    }
    const act = { '/': actions.search, '?': actions.help, t: actions.theme, j: () => move(1), k: () => move(-1) }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

/** Puts the focus on the next or previous row of the page. */
function move(step) {
  const rows = [...document.querySelectorAll('main [data-row]')];
  if (rows.length === 0) {
    return;
  }
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next].focus();
  rows[next].scrollIntoView({ block: 'nearest' });
}
