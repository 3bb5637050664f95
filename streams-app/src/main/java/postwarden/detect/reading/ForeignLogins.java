package postwarden.detect.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import postwarden.detect.View;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Networks;
import postwarden.tally.Pane;
import postwarden.tally.Sketch;
import postwarden.tally.Tally;

/**
 * Who logged in to an account since guessing at it began.
 *
 * @param guessing what was refused
 * @param logins addresses that logged in since
 * @param foreign of these, addresses that had never logged in before
 * @param guessers of the foreign ones, addresses that had been refused as well
 * @param tries of the guesser that tried most, its logins included; of each refused client, on average, where not every one is
 *     counted by name
 * @param newSystems systems that logged in since and never before
 * @param hasHistory whether logins of the account are known from more than an hour ago, so that its owner's addresses are
 * @param dormant whether none are although a host of the account has been watched for days
 */
public record ForeignLogins(
        Guessing guessing,
        long logins,
        long foreign,
        long guessers,
        double tries,
        long newSystems,
        boolean hasHistory,
        boolean dormant) {
    /** New addresses that make a login foreign even when the account's history is too short to know its owner's. */
    private static final int CROWD = 3;

    private static final String CLIENT = "client:";

    /** What the window shows; empty without a refusal. */
    public static Optional<ForeignLogins> in(View view, Duration window) {
        return Guessing.in(view, window).map(guessing -> of(view, window, guessing));
    }

    private static ForeignLogins of(View view, Duration window, Guessing guessing) {
        Tally since = since(view, guessing.onset());
        Sketch logins = since.sketch(Distinct.SUCCESS_CLIENTS);
        Sketch known = Known.before(view, Distinct.SUCCESS_CLIENTS, guessing.onset());
        Sketch systems = since.sketch(Distinct.SUCCESS_SYSTEMS);
        Tally whole = view.window(window);
        boolean hasHistory = view.past().count(Count.AUTH_SUCCESSES) > 0;
        return new ForeignLogins(
                guessing,
                logins.count(),
                logins.countBeyond(known),
                logins.countSharedBeyond(known, whole.sketch(Distinct.FAILURE_CLIENTS)),
                whole.hasAllNames() ? tries(whole, logins, known) : guessing.attemptsPerSource(),
                systems.countBeyond(Known.before(view, Distinct.SUCCESS_SYSTEMS, guessing.onset())),
                hasHistory,
                !hasHistory && since.has(Mark.SEASONED));
    }

    /**
     * Who is in must have guessed himself: an owner who mistypes twice on a journey is no thief because somebody else guesses, or
     * because a telephone at home has an old password.
     */
    private static double tries(Tally window, Sketch logins, Sketch known) {
        Sketch failed = window.sketch(Distinct.FAILURE_CLIENTS);
        Map<String, Long> byClient = new HashMap<>();
        window.names().forEach((name, times) -> {
            if (name.startsWith(CLIENT)) {
                byClient.merge(Networks.client(name.substring(CLIENT.length())), times, Long::sum);
            }
        });
        return byClient.entrySet().stream()
                .filter(client -> logins.mayHold(client.getKey())
                        && failed.mayHold(client.getKey())
                        && !known.mayHold(client.getKey()))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    /** What was counted since a moment within the hour. */
    public static Tally since(View view, Instant onset) {
        long panes = view.pane() - Pane.of(onset) + 1;
        return view.window(Pane.LENGTH.multipliedBy(panes));
    }

    /** Whether the foreign logins are surely not the owner's own first ones. */
    public boolean isSurelyForeign() {
        boolean crowd = foreign >= CROWD && foreign * 2 >= logins;
        return crowd || (foreign > 0 && hasHistory);
    }
}
