// One incident: what, how sure, since when, what to do, by what numbers, on what evidence, and what came of it.

import { h } from '../view.js';
import { clear, directive } from '../text.js';
import { millis } from '../moments.js';
import { copyButton, failureNote, fullMoment, heading, logLine, moment, name, pending, severity, since } from '../parts.js';
import { Question } from '../question.js';
import { amount, capital, subjects, sure, weight, words } from '../words.js';
import { feedbackForm } from './feedback.js';
import { numbers } from './measures.js';
import { seriesOf } from './series.js';

const AGAIN = 60_000;
/** Incidents of the same subject that are asked for, so that parents and children have titles. */
const RELATIVES = 100;

export function incidentPage({ watch, changed, say }, id) {
  const path = `/incidents/${encodeURIComponent(id)}`;
  const question = new Question(path, {}, { every: AGAIN, changed: arrived });
  const feedback = feedbackForm(path, changed, say);
  let series = null;
  let relatives = null;

  function arrived() {
    if (question.value && series === null) {
      series = seriesOf(question.value, changed);
    }
    const name = question.value ? (subjects(question.value)[0]?.name ?? '') : '';
    const hasFamily = question.value && (question.value.parent || question.value.children?.length > 0);
    if (hasFamily && name !== '' && relatives === null) {
      relatives = new Question('/incidents', { subject: name.toLowerCase(), limit: RELATIVES }, { changed });
    }
    changed();
  }

  const hear = (alert) => {
    if (alert.incidentId === id && !(question.value?.sequence > alert.sequence)) {
      question.value = alert;
      arrived();
    }
  };
  watch.listeners.add(hear);

  return {
    title: () => (question.value ? clear(question.value.title, 80) : 'Incident'),
    stop: () => {
      watch.listeners.delete(hear);
      question.stop();
      series?.stop();
      relatives?.stop();
    },
    view: () => [
      // One heading from the first moment on: it has the focus, and must not lose it when the answer comes.
      question.value ? head(question.value) : heading('Incident', h('p.mono.soft', null, clear(id, 80))),
      failureNote(question, 'The incident could not be read'),
      pending(question, 'the incident'),
      question.value ? page(question.value, series, relatives, feedback) : null,
    ],
  };
}

function page(alert, series, relatives, feedback) {
  return h(
    'article.one',
    null,
    h(
      'div.columns',
      null,
      h('div', null, todo(alert), why(alert), numbers(alert, series), evidence(alert)),
      h('aside', { 'aria-label': 'Facts, story and feedback' }, facts(alert), story(alert), family(alert, relatives), blindSpots(alert), feedback.view(alert)),
    ),
  );
}

function head(alert) {
  const isOver = alert.state === 'RESOLVED';
  const duration = isOver ? since(alert.onset, millis(alert.resolvedAt) ?? undefined) : since(alert.onset);
  return heading(
    h('bdi', null, clear(alert.title, 600) || '(no title)'),
    h(
      'p.lead.headline',
      null,
      severity(alert.severity),
      h('span', null, h('strong', null, isOver ? `Over after ${duration}` : `Going on for ${duration}`), ', since ', moment(alert.onset)),
      h('span', null, h('strong', null, capital(words(alert.cause))), `, ${sure(alert.confidence)}`),
      h('span.soft', null, words(alert.detector)),
    ),
    isOver ? h('p.note', null, h('strong', null, 'Over. '), clear(alert.resolution, 600)) : null,
    alert.allowed ? h('p.note', null, h('strong', null, 'Allowed by a person. '), `${clear(alert.allowed.owner, 80)}: ${clear(alert.allowed.reason, 400)}, until `, fullMoment(alert.allowed.until)) : null,
    alert.countsAreLowerBounds ? h('p.note', null, 'The counts are lower bounds: some lines were not counted.') : null,
    h('p.summary', null, h('bdi', null, clear(alert.summary, 1500))),
  );
}

function todo(alert) {
  const advice = alert.advice ?? [];
  return h(
    'section.todo-section',
    null,
    h('h2', null, 'What to do'),
    advice.length === 0 ? h('p.soft', null, 'No advice is known for this. The evidence below says what was seen.') : null,
    advice.map((one, at) => (at === 0 ? h('section.advice', null, h('h3', null, h('bdi', null, clear(one.title, 400))), remedy(one, [])) : h('details.advice', null, h('summary', null, h('bdi', null, clear(one.title, 400))), remedy(one, advice[0].never)))),
  );
}

/** What never to do stands before the steps; what was said with the first advice is not said again. */
function remedy(one, known) {
  const never = one.never.filter((text) => !known.includes(text));
  return [
    never.length > 0 ? h('ul.never', null, never.map((text) => h('li', null, h('strong', null, 'Never '), clear(text.replace(/^(Do not|Never) /, ''), 1000)))) : null,
    h('ol.steps', null, one.steps.map(step)),
    h('dl.after', null, one.verify ? [h('dt', null, 'It worked when'), h('dd', null, clear(one.verify, 2000))] : null, one.rollback ? [h('dt', null, 'To undo it'), h('dd', null, clear(one.rollback, 2000))] : null),
  ];
}

function step(text) {
  const { lead, command, note } = directive(text);
  if (!command) {
    return h('li.step', null, h('span.said', null, clear(lead, 4000)), copyButton(lead, lead));
  }
  return h('li.step', null, lead || note ? h('span.said', null, clear(lead, 2000), note ? h('span.soft', null, `${lead ? ' ' : ''}${clear(note, 400)}`) : null) : null, h('div.typed', null, h('code', null, clear(command, 8000)), copyButton(command, command)));
}

function why(alert) {
  const causes = [...(alert.causes ?? [])].sort((a, b) => b.weight - a.weight);
  return h(
    'section',
    null,
    h('h2', null, 'Why we think so'),
    h(
      'ol.causes',
      null,
      causes.map((cause) =>
        h(
          'li',
          null,
          h('div.weigh', null, h('span.weight', null, weight(cause.weight)), h('span.scale', { 'aria-hidden': 'true' }, h('span.filled', { style: { width: `${Math.max(0, Math.min(1, cause.weight)) * 100}%` } })), h('strong', null, capital(words(cause.cause)))),
          h('p', null, h('bdi', null, clear(cause.because, 2000))),
        ),
      ),
    ),
  );
}

function evidence(alert) {
  const lines = alert.evidence ?? [];
  return h(
    'section',
    null,
    h('h2', null, 'Evidence'),
    lines.length === 0 ? h('p.soft', null, 'No line stands for it alone.') : h('ul.loglines', null, lines.map(logLine)),
  );
}

function facts(alert) {
  const rows = [
    ...subjects(alert).map((one) => [capital(one.kind), name(one.name, one.href)]),
    ['Began', fullMoment(alert.onset)],
    ['Found', fullMoment(alert.detectedAt)],
    ['Last seen', fullMoment(alert.lastSeen)],
    alert.resolvedAt ? ['Over', fullMoment(alert.resolvedAt)] : null,
    ['Told', `${amount(alert.sequence)} ${alert.sequence === 1 ? 'time' : 'times'}, ${alert.state.toLowerCase()}`],
    alert.technique ? ['Technique', h('span.mono', null, `ATT&CK ${clear(alert.technique, 40)}`)] : null,
    ['Detector', h('span.mono', null, `${clear(alert.detector, 80)} v${alert.detectorVersion}`)],
    ['Id', h('span.mono.id', null, clear(alert.incidentId, 80)), ' ', copyButton(alert.incidentId, 'incident id')],
  ];
  return h('section', null, h('h2', null, 'Facts'), h('dl.table', null, rows.filter(Boolean).map(([label, ...content]) => h('div', null, h('dt', null, label), h('dd', null, ...content)))));
}

function story(alert) {
  const moments = alert.timeline ?? [];
  if (moments.length === 0) {
    return null;
  }
  return h('section', null, h('h2', null, 'What happened'), h('ol.story', null, moments.map((one) => h('li', null, h('span.when', null, moment(one.time)), h('span', null, h('bdi', null, clear(one.text, 600)), h('span.soft', null, ` · ${words(one.detector)}`))))));
}

function family(alert, relatives) {
  const children = alert.children ?? [];
  if (children.length === 0 && !alert.parent) {
    return null;
  }
  const link = (id) => {
    // A child may be a finding that was never told by itself: then there is no more than its id.
    const known = relatives?.value?.items.find((one) => one.incidentId === id);
    return h('a', { href: `#/incidents/${encodeURIComponent(id)}` }, known ? h('bdi', null, clear(known.title, 200)) : h('span.mono', null, clear(id, 80)));
  };
  return h('section', null, h('h2', null, 'Belongs together'), alert.parent ? h('p', null, 'Told from now on by ', link(alert.parent)) : null, children.length > 0 ? [h('p', null, 'Tells also of'), h('ul.plain', null, children.map((id) => h('li', null, link(id))))] : null);
}

function blindSpots(alert) {
  const spots = alert.blindSpots ?? [];
  return spots.length === 0 ? null : h('section', null, h('h2', null, 'What we could not see'), h('ul.bullets', null, spots.map((spot) => h('li', null, clear(spot, 600)))));
}
