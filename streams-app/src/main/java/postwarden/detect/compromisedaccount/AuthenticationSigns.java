package postwarden.detect.compromisedaccount;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postwarden.detect.View;
import postwarden.detect.account.Logins;
import postwarden.detect.compromisedaccount.CompromisedAccountParams.Authentication;
import postwarden.detect.compromisedaccount.Sign.Family;
import postwarden.detect.reading.Guessing;
import postwarden.detect.reading.Known;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Pane;
import postwarden.tally.Sketch;
import postwarden.tally.Tally;

/** What the logins of an account say: who came in after guesses, from how many places, and whether they were ever seen. */
final class AuthenticationSigns {
    /** New addresses that make a login foreign even when the account's history is too short to know its owner's. */
    private static final int CROWD = 3;

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
                .flatMap(guessing -> afterGuesses(view, guessing));
    }

    private Optional<Sign> afterGuesses(View view, Guessing guessing) {
        Sketch known = Known.before(view, Distinct.SUCCESS_CLIENTS, guessing.onset());
        Sketch since = since(view, guessing.onset());
        long foreign = since.countBeyond(known);
        boolean crowd = foreign >= CROWD && foreign * 2 >= since.count();
        boolean provenNew = foreign > 0 && view.past().count(Count.AUTH_SUCCESSES) > 0;
        if (foreign == 0) {
            return Optional.empty();
        }
        double weight = guessing.strangers() >= params.sources() ? params.afterCampaign() : params.afterGuesses();
        String because = foreign + " addresses logged in that never had, after " + guessing.failures()
                + " refused logins from " + guessing.sources() + " addresses";
        // A login that may be the owner's own, because nothing is known of the account yet, is worth half.
        return Optional.of(new Sign(Family.AUTHENTICATION, crowd || provenNew ? weight : weight / 2, because));
    }

    private Sketch since(View view, Instant onset) {
        long panes = view.pane() - Pane.of(onset) + 1;
        return view.window(Pane.LENGTH.multipliedBy(panes)).sketch(Distinct.SUCCESS_CLIENTS);
    }

    private Optional<Sign> fanOut(View view) {
        Tally now = view.window(params.fanOutWindow());
        long clients = now.distinct(Distinct.SUCCESS_CLIENTS);
        long networks = now.distinct(Distinct.SUCCESS_NETWORKS);
        if (clients < params.fanOutClients() || networks < params.fanOutNetworks()) {
            return Optional.empty();
        }
        Sketch known = view.past().sketch(Distinct.SUCCESS_CLIENTS);
        long foreign = now.sketch(Distinct.SUCCESS_CLIENTS).countBeyond(known);
        if (foreign * 2 < clients) {
            return Optional.empty();
        }
        return Optional.of(new Sign(
                Family.AUTHENTICATION,
                known.count() > 0 ? params.fanOut() : params.fanOut() / 2,
                clients + " addresses in " + networks + " networks logged in within "
                        + Say.number(params.fanOutWindow().toSeconds() / 60.0) + " min, " + foreign
                        + " of them never seen before this hour"));
    }

    /** Without any other sign: whether whoever logs in now has been seen before, where there is a history to tell. */
    private Optional<Sign> familiarity(View view) {
        Logins logins = Logins.of(view, params.fanOutWindow());
        if (!logins.known() || logins.clients() == 0) {
            return Optional.empty();
        }
        double weight = logins.isForeign() ? params.firstSeen() : -params.familiar();
        return Optional.of(new Sign(Family.AUTHENTICATION, weight, logins.words()));
    }
}
