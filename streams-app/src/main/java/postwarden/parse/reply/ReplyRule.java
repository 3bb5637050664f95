package postwarden.parse.reply;

import postwarden.event.Reason;

/**
 * One line of a file of replies.
 *
 * @param line its number in the file, >= 1
 * @param when which codes it is for
 * @param phrase words that the reply must hold, in lower-case ASCII; empty for any words
 * @param provider whose words they are
 */
record ReplyRule(int line, Reason reason, ReplyCondition when, String phrase, String provider) {}
