// The series of an incident's subject, for its charts.

import { ask, Refusal } from '../ask.js';
import { Question } from '../question.js';
import { listOf } from '../words.js';

const AGAIN = 60_000;
/** Which of a subject's names counts what the detector counted: the one that acts, before the one that suffers. */
const ORDER = ['account', 'client', 'sender', 'destination', 'server'];

/** The subject's entity, as a question that stays open: its value is {kind, entity}. */
export function seriesOf(alert, changed) {
  const kinds = ORDER.filter((kind) => alert.subject?.[kind]);
  const read = async () => {
    for (const kind of kinds) {
      try {
        const name = encodeURIComponent(alert.subject[kind]);
        const entity = await ask(`/${listOf(kind)}/${name}`, { stale: 'true' });
        if (entity.series.length > 1) {
          return { kind, name: alert.subject[kind], entity };
        }
      } catch (failure) {
        if (!(failure instanceof Refusal) || failure.status !== 404) {
          throw failure;
        }
      }
    }
    return { kind: null, entity: null };
  };
  return new Question('', {}, { every: AGAIN, changed, read });
}

const UNITS = [
  [/PerMinute$/, 60],
  [/Per10Min$/, 600],
];

/** How a measure of an alert reads in a series: {key, seconds}, or null where the series has nothing like it. */
export function inSeries(measure, keys) {
  for (const [ending, seconds] of UNITS) {
    const key = measure.replace(ending, '');
    if (key !== measure && keys.has(key)) {
      return { key, seconds };
    }
  }
  return keys.has(measure) ? { key: measure, seconds: 60 } : null;
}

/** All measures that a series counts. */
export function keysOf(series) {
  const keys = new Set();
  series.forEach((point) => Object.keys(point.measures).forEach((key) => keys.add(key)));
  return keys;
}

/** [{from, to, value}] of a measure in milliseconds, as so many in so many seconds; what lies before a moment is cut off. */
export function rates(series, key, seconds, begin = 0) {
  return series
    .map((point) => {
      const from = Date.parse(point.start);
      const span = Math.max(1, point.length) * 1000;
      return { from: Math.max(from, begin), to: from + span, value: ((point.measures[key] ?? 0) * seconds * 1000) / span };
    })
    .filter((step) => step.to > step.from && Number.isFinite(step.value));
}
