// Server-sent events by fetch, because EventSource cannot send a token. Resumes behind the last id, and waits longer after
// each failure.

import { address, headers, refusal, Refusal } from './ask.js';

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
/** Characters that one event may have: an alert is some 50 KiB; beyond this something else is talking. */
const LONGEST_EVENT = 8 << 20;

/** Cuts a stream of text into events, as the HTML standard says. */
export class Parser {
  constructor() {
    this.rest = '';
    this.clear();
  }

  clear() {
    this.type = '';
    this.data = [];
    this.id = null;
  }

  /** The events that end in this piece of text: [{type, data, id}]; {retry} where the server says how long to wait. */
  push(text) {
    const events = [];
    this.rest += text;
    if (this.rest.length > LONGEST_EVENT) {
      throw new Refusal(0, 'The stream of alerts is not readable', `a line of more than ${LONGEST_EVENT} characters`);
    }
    for (;;) {
      const end = this.rest.search(/[\r\n]/);
      const splitPair = this.rest[end] === '\r' && end === this.rest.length - 1;
      if (end < 0 || splitPair) {
        return events;
      }
      const line = this.rest.slice(0, end);
      this.rest = this.rest.slice(end + (this.rest.startsWith('\r\n', end) ? 2 : 1));
      this.line(line, events);
    }
  }

  line(line, events) {
    if (line === '') {
      if (this.data.length > 0) {
        events.push({ type: this.type || 'message', data: this.data.join('\n'), id: this.id });
      }
      this.clear();
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      this.data.push(value);
    } else if (field === 'event') {
      this.type = value;
    } else if (field === 'id' && !value.includes('\0')) {
      this.id = value;
    } else if (field === 'retry' && /^\d+$/.test(value)) {
      events.push({ retry: Number.parseInt(value, 10) });
    }
  }
}

/** The stream of alerts: live, or lost and trying again at a time that is said. */
export class Stream {
  /** @param onAlert (alert) => …; @param onState ({state: 'connecting' | 'live' | 'lost', why, retryAt}) => … */
  constructor(onAlert, onState) {
    this.onAlert = onAlert;
    this.onState = onState;
    this.lastId = null;
    this.wait = FIRST_WAIT;
    this.timer = null;
    this.abort = null;
  }

  async start() {
    clearTimeout(this.timer);
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.onState({ state: 'connecting' });
    try {
      await this.read(abort.signal);
      throw new Refusal(0, 'The service ended the stream of alerts', '');
    } catch (failure) {
      if (!abort.signal.aborted) {
        this.lost(failure);
      }
    }
  }

  async read(signal) {
    const resume = this.lastId === null ? {} : { 'Last-Event-ID': this.lastId };
    const answer = await fetch(address('/stream'), {
      headers: headers({ Accept: 'text/event-stream', ...resume }),
      cache: 'no-store',
      credentials: 'same-origin',
      signal,
    });
    if (!answer.ok) {
      throw await refusal(answer);
    }
    if (!(answer.headers.get('Content-Type') ?? '').startsWith('text/event-stream')) {
      throw new Refusal(answer.status, 'What came is not a stream of events', '');
    }
    this.wait = FIRST_WAIT;
    this.onState({ state: 'live' });
    const parser = new Parser();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      parser.push(value).forEach((event) => this.heard(event));
    }
  }

  heard(event) {
    if (event.retry !== undefined) {
      this.wait = Math.min(LONGEST_WAIT, event.retry);
      return;
    }
    if (event.id !== null) {
      this.lastId = event.id;
    }
    if (event.type === 'alert') {
      this.onAlert(JSON.parse(event.data));
    }
  }

  lost(failure) {
    const delay = failure.retryAfter ?? this.wait * (0.75 + Math.random() / 2); // not all consoles at once
    this.wait = Math.min(LONGEST_WAIT, Math.max(FIRST_WAIT, this.wait * 2));
    const why = failure instanceof Refusal ? failure.message : 'The connection broke';
    this.onState({ state: 'lost', why, status: failure.status ?? 0, retryAt: Date.now() + delay });
    this.timer = failure.status === 401 ? null : setTimeout(() => this.start(), delay);
  }
}
