package postwarden.detect.compromisedaccount;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postwarden.detect.View;
import postwarden.detect.account.Logins;
import postwarden.detect.account.Submitters;
import postwarden.detect.compromisedaccount.CompromisedAccountParams.Authentication;
import postwarden.detect.compromisedaccount.Sign.Family;
import postwarden.detect.reading.ForeignLogins;
import postwarden.detect.reading.Guessing;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Spread;
import postwarden.tally.Distinct;

/** What the logins of an account say: who came in after guesses, from how many places, and whether they were ever seen. */
final class AuthenticationSigns {
    private final Authentication params;

    AuthenticationSigns(Authentication params) {
        this.params = params;
    }

    List<Sign> of(View view) {
        List<Sign> signs = new ArrayList<>();
        afterGuesses(view).ifPresent(signs::add);
        fanOut(view).ifPresent(signs::add);
        if (signs.isEmpty()) {
            familiarity(view).ifPresent(signs::add);
        }
        return signs;
    }

    /** Logins since guessing began, from addresses that had never logged in before it. */
    private Optional<Sign> afterGuesses(View view) {
        return Guessing.in(view, params.guessingWindow())
                .filter(guessing -> guessing.failures() >= params.failures() && !guessing.isStale())
                .flatMap(guessing -> ForeignLogins.in(view, params.guessingWindow()))
                .filter(logins -> logins.foreign() > 0)
                .map(this::afterGuesses);
    }

    private Sign afterGuesses(ForeignLogins logins) {
        Guessing guessing = logins.guessing();
        boolean campaign = guessing.strangers() >= params.sources();
        double weight = campaign ? params.afterCampaign() : params.afterGuesses();
        String because = Say.count(logins.foreign(), "address") + " logged in that never had, after "
                + guessing.failures() + " refused logins from " + Say.count(guessing.sources(), "address");
        // A login that may be the owner's own, because nothing is known of the account yet, is worth half. Whoever
        // has not used an account for days hardly comes back in the hour in which many addresses guess at it.
        boolean sure = logins.isSurelyForeign() || (campaign && logins.dormant());
        return new Sign(Family.AUTHENTICATION, true, sure ? weight : weight / 2, because);
    }

    private Optional<Sign> fanOut(View view) {
        return fanOut(view, params.slowFanOutWindow(), params.slowFanOutFactor(), params.slowFanOut())
                .or(() -> fanOut(view, params.fanOutWindow(), 1, params.fanOut()));
    }

    private Optional<Sign> fanOut(View view, Duration window, double floors, double weight) {
        if (view.window(window).distinct(Distinct.SUCCESS_CLIENTS) < floors * params.fanOutClients()) {
            return Optional.empty();
        }
        Spread spread = Spread.in(view, window);
        if (spread.networks() < floors * params.fanOutNetworks() || spread.foreign() * 2 < spread.clients()) {
            return Optional.empty();
        }
        return Optional.of(new Sign(
                Family.AUTHENTICATION,
                spread.known() > 0 ? weight : weight / 2,
                Say.count(spread.clients(), "address") + " in " + spread.networks() + " networks logged in within "
                        + Say.number(window.toSeconds() / 60.0) + " min, " + spread.foreign()
                        + " of them never seen before this hour"));
    }

    /**
     * Without any other sign: whether whoever sends has been seen before, where there is a history to tell, and where it is not
     * known who sends, whoever logs in. A telephone looks for mail from anywhere while its owner's desk sends.
     */
    private Optional<Sign> familiarity(View view) {
        Submitters submitters = Submitters.of(view, params.guessingWindow(), false);
        if (submitters.areForeign()) {
            return sign(params.firstSystem(), submitters.words());
        }
        if (submitters.areFirst()) {
            return sign(params.dormant(), submitters.words());
        }
        if (submitters.areReaders()) {
            return sign(params.firstSeen(), submitters.words());
        }
        if (!submitters.known()) {
            return Optional.empty();
        }
        if (submitters.recipients() == 0) {
            return byLogins(view);
        }
        if (submitters.foreign() == 0) {
            return sign(-params.familiar(), submitters.words());
        }
        return submitters.foreign() * 2 < submitters.recipients()
                ? Optional.empty()
                : sign(params.firstSeen(), submitters.words());
    }

    private Optional<Sign> byLogins(View view) {
        Logins lately = Logins.of(view, params.fanOutWindow());
        // What is judged is the sending of an hour, and whoever did it may be gone.
        Logins logins = lately.clients() == 0 ? Logins.of(view, params.guessingWindow()) : lately;
        return logins.clients() == 0
                ? Optional.empty()
                : sign(logins.isForeign() ? params.firstSeen() : -params.familiar(), logins.words());
    }

    private static Optional<Sign> sign(double weight, String because) {
        return Optional.of(new Sign(Family.AUTHENTICATION, weight, because));
    }
}
