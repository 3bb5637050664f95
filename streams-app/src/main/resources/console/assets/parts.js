// Elements that several pages share.

import { h } from './view.js';
import { clear, shortName } from './text.js';
import { ago, both, clock, here, length, millis } from './moments.js';
import { capital, shape, words } from './words.js';

/** Severity as shape, word and colour. */
export function severity(level) {
  const known = String(level).toLowerCase();
  return h('span.severity', { class: `is-${known}` }, h('span.shape', { 'aria-hidden': 'true' }, shape(level)), capital(clear(known, 12)));
}

/** A time of day in UTC; both zones for whoever looks closer. */
export function moment(instant) {
  const at = millis(instant);
  return at === null ? h('span.soft', null, 'never') : h('time', { datetime: instant, title: both(instant) }, `${clock(at)} UTC`);
}

/** A time in both zones, written out. */
export function fullMoment(instant) {
  const at = millis(instant);
  if (at === null) {
    return h('span.soft', null, 'never');
  }
  const local = here(at);
  return h('time', { datetime: instant }, `${clock(at, Date.now(), true)} UTC`, local ? h('span.soft', null, ` · ${local}`) : '', h('span.soft', null, ` · ${ago(instant)}`));
}

export function since(instant, until = Date.now()) {
  const at = millis(instant);
  return at === null ? '–' : length(until - at);
}

/** A name from a log, in the type of machines, as a link where there is a page for it. */
export function name(text, href, row = {}) {
  const content = h('bdi', null, shortName(text));
  return href ? h('a.name', { href, ...row }, content) : h('span.name', null, content);
}

/** What failed, in words, and what to do about it. */
export function failureNote(question, what) {
  const failure = question.failure;
  if (!failure) {
    return null;
  }
  const stale = question.answeredAt !== null ? ` What is shown is from ${length(Date.now() - question.answeredAt)} ago.` : '';
  return h(
    'div.note.is-bad',
    null,
    h('p', { role: 'alert' }, h('strong', null, `${what}: ${headline(failure)}`)),
    h('p', null, `${advice(failure)}${stale}`),
    failure.detail ? h('p.mono.soft', null, clear(failure.detail, 400)) : null,
    h('button', { type: 'button', onClick: () => question.again() }, 'Ask again now'),
  );
}

function headline(failure) {
  return failure.status ? `${clear(failure.title, 200)} (${failure.status})` : clear(failure.title ?? failure.message, 200);
}

function advice(failure) {
  const wait = failure.retryAfter !== null && failure.retryAfter !== undefined ? ` It asks to wait ${length(failure.retryAfter)}; asked again by itself then.` : '';
  switch (failure.status) {
    case 401:
      return 'A token is needed.';
    case 403:
      return 'Your role does not allow this. Who runs the service can give you the role.';
    case 404:
      return 'Nothing is known by this name. It may have been forgotten, or never seen.';
    case 400:
      return 'The question was not understood.';
    case 502:
      return 'Another instance, which holds this, does not answer.';
    case 503:
      return `The service is reading its state.${wait}`;
    case 0:
      return 'Asked again by itself.';
    default:
      return 'See the log of the service.';
  }
}

/** What stands where nothing was answered yet. */
export function pending(question, what) {
  return question.value === null && !question.failure ? h('p.soft.pending', null, `Asking for ${what} …`) : null;
}

export function copyButton(text, label) {
  return h(
    'button.copy',
    {
      type: 'button',
      'aria-label': `Copy: ${clear(label, 80)}`,
      onClick: async (event) => {
        const button = event.currentTarget;
        const copied = await copy(clear(text));
        button.textContent = copied ? 'Copied' : 'Select it by hand';
        document.getElementById('spoken').textContent = copied ? 'Copied' : 'The browser refused to copy';
        setTimeout(() => {
          button.textContent = 'Copy';
        }, 2000);
      },
    },
    'Copy',
  );
}

/** Without TLS the clipboard is closed to pages; a selection and the old command still work there. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    area.className = 'unseen';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

/** A line of a log with its context: where it stands, to the byte. */
export function logLine(line) {
  const at = millis(line.time);
  const place = `${clear(line.host, 80)} ${clear(line.file, 160)} @ ${line.offset}`;
  const record = line.topic ? ` · ${clear(line.topic, 80)}[${line.partition}] ${line.recordOffset}` : '';
  return h(
    'li.logline',
    null,
    h('div.mono.logtext', null, h('bdi', null, clear(line.text, 4000))),
    h('div.mono.soft.logplace', null, at === null ? '' : `${clock(at, Date.now(), true)} UTC · `, place, record),
  );
}

export function openFindings(open) {
  return h(
    'ul.findings',
    null,
    open.map((finding) =>
      h(
        'li',
        null,
        severity(finding.severity),
        ` ${words(finding.detector)}`,
        finding.cause ? h('span.soft', null, ` · ${words(finding.cause)}`) : null,
        finding.host ? h('span.soft', null, ' on ', name(finding.host, `#/servers/${encodeURIComponent(finding.host)}`)) : null,
        finding.about ? h('span.soft', null, ' about ', finding.about) : null,
        finding.lastShown ? h('span.soft', null, ` · ${ago(finding.lastShown)}`) : null,
      ),
    ),
  );
}

/** The heading of a page; it takes the focus when the page is entered. */
export function heading(text, ...more) {
  return h('header.pagehead', null, h('h1', { tabindex: '-1' }, text), ...more);
}
