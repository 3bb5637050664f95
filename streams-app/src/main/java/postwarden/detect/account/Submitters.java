package postwarden.detect.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import postwarden.detect.View;
import postwarden.detect.reading.Known;
import postwarden.detect.reading.Say;
import postwarden.event.LocalAddress;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.MessageCounts;
import postwarden.tally.Pane;
import postwarden.tally.Sketch;
import postwarden.tally.Tally;

/**
 * From where an account's mail of a window was submitted, held against where it was used before. A login alone says little:
 * a telephone looks for mail from anywhere while its owner's desk sends.
 *
 * @param known whether the account was ever used before the window
 * @param firstDay whether nothing of the account was seen before today
 * @param seasoned whether a host of it has been watched for days
 * @param recipients that messages of the window were submitted for, as far as each client's are counted
 * @param foreign of these, by clients from which the account had not been used before
 * @param unproven of these, by clients from which nothing had been sent as the account before; 0 while nothing at all is known to
 *     have been
 * @param newSenders systems from which it is sent in the window and never was before
 * @param webmail of these, by the host itself: behind its webmail the log shows nobody
 * @param newSystems systems from which it is used in the window and was not before
 * @param clients addresses that used the account in the window
 * @param newClients of these, never before
 */
public record Submitters(
        boolean known,
        boolean firstDay,
        boolean seasoned,
        long recipients,
        long foreign,
        long unproven,
        long newSenders,
        long webmail,
        long newSystems,
        long clients,
        long newClients) {
    /** New addresses that are a crowd, where there are too many for what each submitted to be counted. */
    private static final int CROWD = 3;

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * Who submitted in a window.
     *
     * @param young whether so little is known of the account that whoever used it just before the window counts as its own; else
     *     only who did so more than an hour ago
     */
    public static Submitters of(View view, Duration window, boolean young) {
        return of(view, view.window(window), young ? window : HOUR);
    }

    /** Who submitted what a tally holds, by who did so more than an hour ago and is not in doubt. */
    public static Submitters of(View view, Tally now) {
        return of(view, now, HOUR);
    }

    private static Submitters of(View view, Tally now, Duration recent) {
        Instant before = Pane.start(view.pane() - Pane.count(recent) + 1);
        Sketch own = Known.before(view, Distinct.SUCCESS_CLIENTS, before);
        Sketch senders = Known.before(view, Distinct.SUBMITTING_CLIENTS, before);
        boolean all = now.hasAllNames();
        long recipients = 0;
        long foreign = 0;
        long unproven = 0;
        long webmail = 0;
        for (Map.Entry<String, Long> name : now.names().entrySet()) {
            if (all && name.getKey().startsWith(MessageCounts.SUBMITTED)) {
                String client = name.getKey().substring(MessageCounts.SUBMITTED.length());
                recipients += name.getValue();
                foreign += own.mayHold(client) ? 0 : name.getValue();
                unproven += senders.count() == 0 || senders.mayHold(client) ? 0 : name.getValue();
                webmail += LocalAddress.isLoopback(client) ? name.getValue() : 0;
            }
        }
        Sketch clients = now.sketch(Distinct.SUCCESS_CLIENTS);
        return new Submitters(
                own.count() > 0,
                FirstDay.is(view),
                now.has(Mark.SEASONED),
                recipients,
                foreign,
                unproven,
                fresh(view, now, Distinct.SUBMITTING_SYSTEMS, Distinct.SUBMITTING_CLIENTS, before),
                webmail,
                fresh(view, now, Distinct.SUCCESS_SYSTEMS, Distinct.SUCCESS_CLIENTS, before),
                clients.count(),
                clients.countBeyond(own));
    }

    /** Systems that were never seen before; addresses, where no system is known of any. */
    private static long fresh(View view, Tally now, Distinct systems, Distinct clients, Instant before) {
        Distinct kind = now.distinct(systems) > 0 ? systems : clients;
        return now.sketch(kind).countBeyond(Known.before(view, kind, before));
    }

    /** Whether most of it was submitted by somebody who never used the account before, from a system that is new to it. */
    public boolean areForeign() {
        boolean most = recipients > 0 ? foreign * 2 >= recipients : newClients >= CROWD && newClients * 2 >= clients;
        return known && newSystems > 0 && most;
    }

    /**
     * Whether most of it comes from where the account was used and never sent from, of an account of which a day is known: a
     * telephone's new network, an owner who has only read there, or a thief who looked around first.
     */
    public boolean areReaders() {
        return !firstDay && newSenders > 0 && unproven > 0 && unproven * 2 >= recipients && !areForeign();
    }

    /** Whether most of it comes from where the account never sent anything. */
    public boolean areElsewhere() {
        return areForeign() || areReaders();
    }

    /** Whether nothing shows that it is the owner. */
    public boolean areUnknown() {
        return areElsewhere() || areFirst();
    }

    /** Whether it is somebody's first day, or a mailbox that nobody used and somebody opened. */
    public boolean areFirst() {
        return firstDay && seasoned;
    }

    /** Whether what they do for hours is to be held against the account: it has a day of its own, or its host has. */
    public boolean areStrangers() {
        return firstDay ? seasoned : areElsewhere();
    }

    /** Whether most of it was given by programs of the host for people who need not be there. */
    public boolean areWebmail() {
        return webmail > 0 && webmail * 2 >= recipients;
    }

    /** What may have sent it where the owner is known: a program on the owner's computer, which webmail cannot be. */
    public String likeliestAtHome() {
        return areWebmail() ? "STOLEN_CREDENTIALS" : "INFECTED_COMPUTER";
    }

    /** Why the owner may have submitted it, where nobody foreign did; for a person. */
    public String whoseElse() {
        if (areFirst()) {
            return "nothing was seen of the account in the days before: it may be somebody's first day";
        }
        if (areReaders()) {
            return "the account has been read from there, so it may be the owner, who never sent from there";
        }
        if (areWebmail()) {
            return "the owner uses the host's webmail, too, and the log does not show who sits before it";
        }
        return known
                ? "it is submitted from where the owner is known"
                : "nothing is known of who used the account before";
    }

    /** For a person. */
    public String words() {
        if (areFirst() && !areForeign()) {
            return "nothing was seen of the account before today, though its host has been watched for days";
        }
        if (!known) {
            return "nothing is known of its logins before";
        }
        if (recipients == 0) {
            return newClients + " of " + Say.count(clients, "address") + " that use it are new";
        }
        if (areReaders()) {
            return unproven + " of " + Say.count(recipients, "recipient")
                    + " are of messages from where the account had been read and nothing was ever sent";
        }
        return foreign == 0
                ? "all of it was submitted from where the account was used before"
                : Say.count(foreign, "recipient") + " of " + recipients + " are of messages from new addresses";
    }
}
