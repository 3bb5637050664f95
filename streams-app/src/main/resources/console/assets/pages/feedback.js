// What people say of an incident: what was said, and a form to say more. It goes to the policy topic with the name of who asked.

import { tell } from '../ask.js';
import { h } from '../view.js';
import { clear } from '../text.js';
import { fullMoment } from '../parts.js';

const DAY = 24 * 3_600_000;
/** What can be said: its label, whether it needs a reason, and what it means. */
const WORDS = {
  acknowledge: ['I look after it', false, 'Others see that somebody does.'],
  assign: ['Somebody else looks after it', false, 'Others see who is to do it.'],
  true: ['It is true', true, 'It was right to tell of it.'],
  false: ['It is false', true, 'There is nothing of the kind: it was wrong to tell of it.'],
  benign: ['It is benign', true, 'It is as told, and harmless.'],
  allow: ['Let the like be for a while', true, 'Nobody is woken by the like of it until then; it is still counted and shown.'],
};

export function feedbackForm(path, changed, say) {
  const state = { action: 'acknowledge', sending: false, failure: null, sent: [] };

  async function submit(event) {
    event.preventDefault();
    const form = event.target;
    const body = said(state.action, form.elements);
    state.sending = true;
    state.failure = null;
    changed();
    try {
      await tell(`${path}/feedback`, body);
      state.sent = [body, ...state.sent];
      say('Said and taken');
      form.elements.reason.value = '';
    } catch (failure) {
      state.failure = failure;
    }
    state.sending = false;
    changed();
  }

  function choose(event) {
    state.action = event.target.value;
    changed();
  }

  return { view: (alert) => view(alert, state, choose, submit) };
}

function said(action, { reason, until, assignee }) {
  const body = { action };
  if (reason.value.trim() !== '') {
    body.reason = reason.value.trim();
  }
  if (action === 'assign') {
    body.assignee = assignee.value.trim();
  }
  if (action === 'allow') {
    body.until = new Date(`${until.value}:00Z`).toISOString();
  }
  return body;
}

/** The few words for a list: what was judged, who looks after it. */
export function saidInBrief(feedback) {
  if (!feedback) {
    return [];
  }
  return [
    feedback.verdict ? `called ${clear(feedback.verdict.value, 20)}` : null,
    feedback.acknowledged ? `acknowledged by ${clear(feedback.acknowledged.by, 60)}` : null,
    feedback.assigned ? `for ${clear(feedback.assigned.value, 60)}` : null,
  ].filter(Boolean);
}

function view(alert, state, choose, submit) {
  const [, needsReason, meaning] = WORDS[state.action];
  return h(
    'section.feedback',
    null,
    h('h2', null, 'What people say of it'),
    remarks(alert.feedback),
    h(
      'form.lines',
      { onSubmit: submit },
      h('div', null, h('label', { for: 'says' }, 'You say'), h('select', { id: 'says', name: 'says', onChange: choose, 'aria-describedby': 'meaning' }, Object.entries(WORDS).map(([value, [label]]) => h('option', { value, selected: value === state.action }, label)))),
      h('p.soft', { id: 'meaning' }, meaning),
      state.action === 'assign' ? h('div', { key: 'assignee' }, h('label', { for: 'assignee' }, 'Who'), h('input', { id: 'assignee', name: 'assignee', type: 'text', maxlength: '200', autocomplete: 'off', required: true })) : null,
      state.action === 'allow' ? h('div', { key: 'until' }, h('label', { for: 'until' }, 'Until (UTC)'), h('input', { id: 'until', name: 'until', type: 'datetime-local', min: stamp(0), max: stamp(365 * DAY), required: true, hook: (element, isNew) => isNew && (element.defaultValue = stamp(7 * DAY)) })) : null,
      h('div', { key: 'reason' }, h('label', { for: 'reason' }, needsReason ? 'Why' : 'Why (if you like)'), h('textarea', { id: 'reason', name: 'reason', rows: '2', maxlength: '1000', required: needsReason })),
      h('button.main', { key: 'send', type: 'submit', disabled: state.sending }, state.sending ? 'Saying …' : 'Say it'),
    ),
    state.failure ? h('p.note.is-bad', { role: 'alert' }, refused(state.failure)) : null,
    h('ul.plain', null, state.sent.map((one) => h('li', null, `Taken: ${taken(one)}`, one.reason ? h('span.soft', null, ` · ${clear(one.reason, 200)}`) : null))),
  );
}

/** A person's rights are the service's to know; what it says of them is told in words that help. */
function refused(failure) {
  return failure.status === 403 ? `You may read and not decide: ${clear(failure.message, 400)}. Somebody with the role operator can say it.` : `It was not taken: ${clear(failure.message, 400)}`;
}

function taken(one) {
  switch (one.action) {
    case 'acknowledge':
      return 'you look after it';
    case 'assign':
      return `for ${clear(one.assignee, 80)}`;
    case 'allow':
      return `allowed until ${clear(one.until, 40)}`;
    default:
      return `called ${one.action}`;
  }
}

function remarks(feedback) {
  const rows = [
    ['Called', feedback?.verdict],
    ['Acknowledged', feedback?.acknowledged],
    ['Assigned to', feedback?.assigned],
  ].filter(([, one]) => one);
  if (rows.length === 0) {
    return h('p.soft', null, 'Nobody has said anything yet.');
  }
  return h(
    'dl.table.remarks',
    null,
    rows.map(([label, one]) => h('div', { key: label }, h('dt', null, label), h('dd', null, one.value ? h('strong', null, h('bdi', null, clear(one.value, 200))) : null, one.value ? ' by ' : 'by ', h('bdi', null, clear(one.by, 200)), ', ', fullMoment(one.at), one.reason ? h('p', null, h('bdi', null, clear(one.reason, 1000))) : null))),
  );
}

/** The value of a field for date and time, in UTC. */
function stamp(ahead) {
  return new Date(Date.now() + ahead).toISOString().slice(0, 16);
}
