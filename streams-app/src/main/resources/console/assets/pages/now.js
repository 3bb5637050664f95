// What is wrong now, in one look, for a person woken at 3 a.m.

import { h } from '../view.js';
import { clear, shortName } from '../text.js';
import { ago, both, clock, length, millis } from '../moments.js';
import { failureNote, heading, moment, name, pending, severity, since } from '../parts.js';
import { amount, count, SEVERITIES, subjects, sure, where, words } from '../words.js';
import { strangeShare } from '../watch.js';
import { saidInBrief } from './feedback.js';

/** Incidents drawn at once: whoever has more than this has one problem, and a list with filters. */
const DRAWN = 100;

export function nowPage({ watch }) {
  return { title: () => 'Now', view: () => view(watch) };
}

function view(watch) {
  const worst = watch.worst();
  const wrong = worst.filter((alert) => alert.severity !== 'INFO');
  const notes = worst.filter((alert) => alert.severity === 'INFO');
  return h(
    'div.now',
    null,
    headline(watch, wrong),
    failureNote(watch.incidents, 'The open incidents could not be read'),
    h(
      'div.columns',
      null,
      h(
        'section',
        { 'aria-label': 'Open incidents' },
        pending(watch.incidents, 'the open incidents'),
        h('ol.incidents', null, wrong.slice(0, DRAWN).map(incident)),
        wrong.length > DRAWN ? h('p', null, h('a', { href: '#/incidents?state=OPEN,UPDATED' }, `${amount(wrong.length - DRAWN)} more, less severe or older`)) : null,
        notes.length > 0 ? h('details.notes', null, h('summary', null, `${count(notes.length, 'open note')} for information`), h('ol.incidents', null, notes.slice(0, DRAWN).map(incident))) : null,
        over(watch),
      ),
      h('aside', { 'aria-label': 'What we cannot see' }, sight(watch)),
    ),
  );
}

function headline(watch, wrong) {
  if (watch.incidents.value === null) {
    const restoring = watch.health.value && !watch.health.value.ready;
    return heading(watch.incidents.failure || restoring ? 'Nothing can be said yet' : 'Looking …');
  }
  if (wrong.length > 0) {
    const parts = SEVERITIES.map((level) => [level, wrong.filter((alert) => alert.severity === level).length]).filter(([, number]) => number > 0);
    const first = parts.map(([level, number]) => `${amount(number)} ${level.toLowerCase()}`).join(', ');
    return heading(h('span', null, first), h('p.lead', null, wrong.length === 1 ? 'One incident is open.' : `${amount(wrong.length)} incidents are open, the worst first, then what changed last.`));
  }
  const blind = watch.blindHosts();
  if (watch.isBlind() || watch.connection.state !== 'live') {
    return heading('Nothing was wrong when we last heard', h('p.lead', null, 'Until the connection is back this is not known to be so now.'));
  }
  if (blind.all === 0) {
    return heading('Nothing is known to be wrong', h('p.lead', null, 'But no host sends anything: there is nothing to judge by. Is a producer running?'));
  }
  const unseen = blind.silent.length + blind.late.length;
  if (unseen > 0) {
    return heading('Nothing is wrong where we can see', h('p.lead', null, `${count(unseen, 'host')} of ${amount(blind.all)} ${unseen === 1 ? 'is' : 'are'} silent or late: of ${unseen === 1 ? 'it' : 'them'} nothing is known.`));
  }
  return heading('All calm', h('p.lead', null, `${count(blind.all, 'host')}, all heard. No incident is open.`));
}

function incident(alert) {
  const advice = alert.advice?.[0];
  const about = subjects(alert);
  return h(
    'li.incident',
    { key: alert.incidentId, class: `edge-${String(alert.severity).toLowerCase()}` },
    h('div.level', null, severity(alert.severity), h('span.soft', null, alert.sequence > 1 ? 'changed' : 'new')),
    h(
      'div.what',
      null,
      h('a.title', { href: `#/incidents/${encodeURIComponent(alert.incidentId)}`, 'data-row': true }, h('bdi', null, clear(alert.title, 240) || '(no title)')),
      advice ? h('p.todo', null, h('span.label', null, 'Do'), h('bdi', null, clear(advice.title, 240))) : h('p.todo.soft', null, 'No advice is known for this.'),
    ),
    h(
      'dl.facts',
      null,
      fact('On', where(alert).slice(0, 3).map((host, at) => [at > 0 ? ', ' : '', name(host, `#/servers/${encodeURIComponent(host)}`)]), where(alert).length > 3 ? ` and ${where(alert).length - 3} more` : ''),
      fact('For', h('strong', null, since(alert.onset)), h('span.soft', null, ' since '), moment(alert.onset)),
      fact('Why', words(alert.cause), h('span.soft', null, `, ${sure(alert.confidence)}`)),
      saidInBrief(alert.feedback).length > 0 ? fact('Said', h('bdi', null, saidInBrief(alert.feedback).join(', '))) : null,
    ),
    about.length === 0 ? null : h('span.unseen', null, `About ${about.map((one) => `${one.kind} ${shortName(one.name)}`).join(', ')}`),
  );
}

function fact(label, ...content) {
  return h('div', null, h('dt', null, label), h('dd', null, ...content));
}

function over(watch) {
  if (watch.recent.length === 0) {
    return null;
  }
  return h(
    'section.over',
    null,
    h('h2', null, 'Just over'),
    h('ul.plain', null, watch.recent.map(({ alert }) => h('li', { key: alert.incidentId }, h('a', { href: `#/incidents/${encodeURIComponent(alert.incidentId)}`, 'data-row': true }, h('bdi', null, clear(alert.title, 160))), h('span.soft', null, ` after ${since(alert.onset, millis(alert.resolvedAt) ?? Date.now())}`)))),
  );
}

/** Calm is worth what can be seen: silent and late hosts, and lines that no rule knew. */
function sight(watch) {
  const blind = watch.blindHosts();
  const rows = watch.hosts.value;
  const heard = blind.all - blind.silent.length - blind.late.length - blind.ended.length;
  return [
    h('h2', null, 'What we can see'),
    failureNote(watch.hosts, 'The hosts could not be read'),
    pending(watch.hosts, 'the hosts'),
    rows ? h('p', null, h('strong', null, amount(heard)), ` of ${count(blind.all, 'host')} heard now.`) : null,
    group('Silent', blind.silent, 'Log producer, network or machine is down: see there first. Nothing is known of them since.', (row) => (millis(row.closedThrough) === null ? 'never heard' : `for ${since(row.closedThrough)}`)),
    group('Late', blind.late, 'Their lines come behind the others: verdicts about them come late.', (row) => `by ${since(row.closedThrough)}`),
    group('Not understood', blind.strange, 'Lines that no rule knew: a new version or program. Calm means less there.', (row) => `${amount(strangeShare(row) * 100)} %`, '#/drift'),
    blind.ended.length > 0 ? h('p.soft', null, `${count(blind.ended.length, 'host')} said goodbye.`) : null,
    rows && rows.total > blind.all ? h('p.soft', null, 'There are more hosts than are shown here.') : null,
    watch.hosts.answeredAt ? h('p.soft', null, `Read ${length(Date.now() - watch.hosts.answeredAt)} ago, ${clock(watch.hosts.answeredAt)} UTC.`) : null,
  ];
}

function group(title, hosts, meaning, tell, more = '#/fleet') {
  if (hosts.length === 0) {
    return null;
  }
  return h(
    'section.blind',
    null,
    h('h3', null, h('a', { href: more }, `${title}: ${count(hosts.length, 'host')}`)),
    h('p.soft', null, meaning),
    h('ul.plain', null, hosts.slice(0, 6).map((row) => h('li', null, name(row.host, `#/servers/${encodeURIComponent(row.host)}`), h('span.soft', { title: `closed through ${both(row.closedThrough)}, ${ago(row.closedThrough)}` }, ` ${tell(row)}`)))),
    hosts.length > 6 ? h('p.soft', null, `and ${amount(hosts.length - 6)} more`) : null,
  );
}
