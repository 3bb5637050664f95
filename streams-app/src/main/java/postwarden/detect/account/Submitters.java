package postwarden.detect.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import postwarden.detect.View;
import postwarden.detect.reading.Known;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
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
        long newSystems,
        long clients,
        long newClients) {
    /** New addresses that are a crowd, where there are too many for what each submitted to be counted. */
    private static final int CROWD = 3;
    /** Minutes of an account's first day: less than a day, so that tomorrow's mailing at the same hour is not on it. */
    private static final double FIRST_DAY = 20 * 60;

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
        Sketch systems = now.sketch(Distinct.SUCCESS_SYSTEMS);
        boolean all = now.hasAllNames();
        long recipients = 0;
        long foreign = 0;
        for (Map.Entry<String, Long> name : now.names().entrySet()) {
            if (all && name.getKey().startsWith(MessageCounts.SUBMITTED)) {
                boolean isOwn = own.mayHold(name.getKey().substring(MessageCounts.SUBMITTED.length()));
                recipients += name.getValue();
                foreign += isOwn ? 0 : name.getValue();
            }
        }
        Sketch clients = now.sketch(Distinct.SUCCESS_CLIENTS);
        return new Submitters(
                own.count() > 0,
                view.baseline(Count.RECIPIENTS).windows() < FIRST_DAY,
                now.has(Mark.SEASONED),
                recipients,
                foreign,
                systems.count() == 0
                        ? clients.countBeyond(own)
                        : systems.countBeyond(Known.before(view, Distinct.SUCCESS_SYSTEMS, before)),
                clients.count(),
                clients.countBeyond(own));
    }

    /** Whether most of it was submitted by somebody who never used the account before, from a system that is new to it. */
    public boolean areForeign() {
        boolean most = recipients > 0 ? foreign * 2 >= recipients : newClients >= CROWD && newClients * 2 >= clients;
        return known && newSystems > 0 && most;
    }

    /** Whether it is somebody's first day, or a mailbox that nobody used and somebody opened. */
    public boolean areFirst() {
        return firstDay && seasoned;
    }

    /** Whether what they do for hours is to be held against the account: it has a day of its own, or its host has. */
    public boolean areStrangers() {
        return firstDay ? seasoned : areForeign();
    }

    /** Why the owner may have submitted it, where nobody foreign did; for a person. */
    public String whoseElse() {
        if (areFirst()) {
            return "nothing was seen of the account in the days before: it may be somebody's first day";
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
        return foreign == 0
                ? "all of it was submitted from where the account was used before"
                : Say.count(foreign, "recipient") + " of " + recipients + " are of messages from new addresses";
    }
}
