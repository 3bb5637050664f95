// Text from logs, made honest for the eye: signs that cannot be seen, or that turn others round, are written out.

const DECEIVING =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g;

/** The text with signs that deceive written as ⟨U+202E⟩, in its middle cut to so many characters. */
export function clear(text, limit = Infinity) {
  const whole = text === null || text === undefined ? '' : String(text);
  return cut(whole, limit).replace(DECEIVING, (sign) => `⟨U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

function cut(text, limit) {
  if (text.length <= limit) {
    return text;
  }
  const head = Math.ceil(limit * 0.6);
  return `${text.slice(0, head)}… (${(text.length - limit).toLocaleString('en')} more) …${text.slice(text.length - (limit - head))}`;
}

/** A name as it stands in a list. */
export function shortName(name) {
  return name === '' ? '(empty name)' : clear(name, 96);
}

const COMMANDS =
  /^(sudo |-o |deny |ratelimit|postconf|postfix|postmap|postqueue|postsuper|postcat|qshape|grep|zgrep|egrep|awk|sed|echo|printf|nft|iptables|ipset|doveadm|dovecot|exim|exiqgrep|exiwhat|exinext|exicyclog|whmapi1|uapi|systemctl|journalctl|service |dig|host |openssl|ss |netstat|pure-|ftpwho|ftptop|tail|less|cat |mailq|sendmail|rspamc|kill|fail2ban-client|swaks|nc |timeout|find|ls |df |tc |sysctl|lsof|perl|python|crontab|mysql|redis-cli|for |while |cd |mkdir|chmod|chown|usermod|passwd|saslpasswd2)/;

/**
 * A step of advice, split into what is said and what is typed, so that a copy is what a shell takes:
 * {lead: 'With postscreen', command: 'postconf -e …', note: '(Postfix 2.11 and later)'}; command is empty where nothing is typed.
 */
export function directive(step) {
  const colon = step.indexOf(': ');
  for (const [lead, rest] of [['', step], colon < 0 ? ['', ''] : [step.slice(0, colon), step.slice(colon + 2)]]) {
    if (COMMANDS.test(rest)) {
      const remark = /^(.*\S) (\([^()'"$`|]*\))$/.exec(rest);
      return remark ? { lead, command: remark[1], note: remark[2] } : { lead, command: rest, note: '' };
    }
  }
  return { lead: step, command: '', note: '' };
}
