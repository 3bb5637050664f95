// One server, client, account, sender or destination: what it does over minutes, hours and the week, what is usual for it, and
// what is open about it.

import { ask } from '../ask.js';
import { h } from '../view.js';
import { length } from '../moments.js';
import { failureNote, fullMoment, heading, logLine, name, openFindings, pending, severity, since } from '../parts.js';
import { Question } from '../question.js';
import { clear, shortName } from '../text.js';
import { amount, capital, count, KINDS, words } from '../words.js';
import { learned } from './measures.js';
import { overTime } from './overtime.js';

const AGAIN = 15_000;
const WINDOWS = ['1m', '10m', '1h', 'all'];
const WINDOW_WORDS = { '1m': 'Last minute', '10m': '10 minutes', '1h': 'Hour', all: 'All that is kept' };

export function entityPage({ changed, watch }, list, entityName) {
  const state = { range: 'hour', all: false };
  const read = () => ask(`/${list}/${encodeURIComponent(entityName)}`, { stale: 'true' });
  const question = new Question('', {}, { every: AGAIN, changed, read });
  const kind = KINDS[list];
  return {
    title: () => `${shortName(entityName).slice(0, 60)}, ${kind}`,
    stop: () => question.stop(),
    view: () =>
      h(
        'div.entity',
        null,
        heading(h('bdi', { class: 'mono' }, clear(entityName, 400) || '(empty name)'), h('p.lead', null, capital(kind), h('span.soft', null, ` · `), h('a', { href: `#/${list}` }, `all ${list}`))),
        failureNote(question, `The ${kind} could not be read`),
        pending(question, `the ${kind}`),
        question.value ? page(question.value, state, changed, openIncidents(watch, kind, entityName)) : null,
      ),
  };
}

function openIncidents(watch, kind, entityName) {
  return watch.worst().filter((alert) => alert.subject?.[kind] === entityName);
}

function page(entity, state, changed, incidents) {
  return h(
    'div.columns',
    null,
    h('div', null, stale(entity), overTime(entity, state, changed), windows(entity), baselines(entity), samples(entity)),
    h('aside', { 'aria-label': 'Open findings and facts' }, open(entity, incidents), facts(entity)),
  );
}

function stale(entity) {
  return entity.standby ? h('p.note', null, h('strong', null, 'A copy answered. '), `It may be ${length(entity.staleness * 1000)} behind.`) : null;
}

function windows(entity) {
  const present = WINDOWS.filter((id) => entity.windows[id]);
  const measures = [...new Set(present.flatMap((id) => Object.keys(entity.windows[id])))].sort();
  if (measures.length === 0) {
    return null;
  }
  return h(
    'section',
    null,
    h('h2', null, 'Counted'),
    table(
      'Counted in each window',
      ['Measure', ...present.map((id) => WINDOW_WORDS[id])],
      measures.map((measure) => [capital(words(measure)), ...present.map((id) => amount(entity.windows[id][measure] ?? 0, measure))]),
    ),
  );
}

function baselines(entity) {
  if (entity.baselines.length === 0) {
    return h('section', null, h('h2', null, 'Usual'), h('p.soft', null, 'Nothing is learned of it yet; thresholds and its like decide.'));
  }
  return h(
    'section',
    null,
    h('h2', null, 'Usual in a minute'),
    table(
      'What is usual in a minute',
      ['Measure', 'Median', '99 of 100 below', 'Learned from'],
      entity.baselines.map((one) => [`${capital(words(one.measure))}${one.host ? ` on ${shortName(one.host)}` : ''}`, amount(one.median, one.measure), amount(one.p99, one.measure), learned(one)]),
    ),
  );
}

function table(label, heads, lines) {
  return h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': label }, h('table.numbers', null, h('thead', null, h('tr', null, heads.map((head, at) => h('th', { scope: 'col', class: at > 0 ? 'number' : null }, head)))), h('tbody', null, lines.map(([first, ...rest]) => h('tr', null, h('th', { scope: 'row' }, first), rest.map((value) => h('td.number', null, value)))))));
}

function samples(entity) {
  return h('section', null, h('h2', null, 'Lines that show it'), entity.samples.length === 0 ? h('p.soft', null, 'None is kept.') : h('ul.loglines', null, entity.samples.map(logLine)));
}

function open(entity, incidents) {
  return h(
    'section',
    null,
    h('h2', null, 'Open about it'),
    incidents.length > 0 ? h('ul.plain', null, incidents.map((alert) => h('li', { key: alert.incidentId }, severity(alert.severity), ' ', h('a', { href: `#/incidents/${encodeURIComponent(alert.incidentId)}`, 'data-row': true }, h('bdi', null, clear(alert.title, 200))), h('span.soft', null, ` · for ${since(alert.onset)}`)))) : null,
    entity.row.open.length > 0 ? openFindings(entity.row.open) : h('p.soft', null, 'No finding is open.'),
  );
}

function facts(entity) {
  return h(
    'section',
    null,
    h('h2', null, 'Facts'),
    h(
      'dl.table',
      null,
      h('div', null, h('dt', null, 'Last seen'), h('dd', null, fullMoment(entity.row.lastSeen))),
      h('div', null, h('dt', null, 'Seen by'), h('dd', null, entity.hosts.length === 0 ? 'no host' : entity.hosts.slice(0, 20).map((host, at) => [at > 0 ? ', ' : '', name(host, `#/servers/${encodeURIComponent(host)}`)]), entity.hosts.length > 20 ? ` and ${amount(entity.hosts.length - 20)} more` : '')),
      h('div', null, h('dt', null, 'Open at once'), h('dd', null, (entity.openSessions ?? []).length === 0 ? 'no session in the last pane' : entity.openSessions.slice(0, 20).map((one) => h('div', null, `${count(one.most, 'session')} on `, name(one.host, `#/servers/${encodeURIComponent(one.host)}`), ', ', fullMoment(one.start))))),
      h('div', null, h('dt', null, 'Tenant'), h('dd.mono', null, clear(entity.row.tenant, 80))),
    ),
  );
}
