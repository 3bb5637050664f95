package postwarden.serve;

import io.javalin.http.Context;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import postwarden.serve.access.Authentication;
import postwarden.serve.access.Caller;
import postwarden.serve.access.Credentials;
import postwarden.serve.access.Role;
import postwarden.serve.wire.Refusal;

/** What every request passes: who asks, whether they may, how often, and how many at once. */
final class Gate {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final double SECONDS_A_MINUTE = 60;
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final int TENANT_BYTES = 128;

    private final Authentication authentication;
    private final RateLimit rate;
    private final RateLimit failures;
    private final Map<Route.Weight, Semaphore> free = new EnumMap<>(Route.Weight.class);
    private final LimitParams limits;
    private final IntPredicate isForAdmins;

    /** @param isForAdmins whether what is an admin's alone is answered at a port of this machine */
    Gate(Authentication authentication, LimitParams limits, int streams, IntPredicate isForAdmins) {
        this.authentication = authentication;
        this.isForAdmins = isForAdmins;
        this.limits = limits;
        this.rate = new RateLimit(limits.requestsPerSecond(), limits.requestsPerSecond(), System::nanoTime);
        this.failures = new RateLimit(
                limits.failuresPerMinute() / SECONDS_A_MINUTE, limits.failuresPerMinute(), System::nanoTime);
        free.put(Route.Weight.LOOKUP, new Semaphore(limits.requests()));
        free.put(Route.Weight.SCAN, new Semaphore(limits.scans()));
        free.put(Route.Weight.STREAM, new Semaphore(streams));
        free.put(Route.Weight.PEER, new Semaphore(limits.peerRequests()));
    }

    /** Has the request answered, if it may be. @throws Refusal why it is not */
    void pass(Route route, Context context) throws IOException, InterruptedException {
        if (route.weight() == Route.Weight.OPEN) {
            passOpen(route, context);
            return;
        }
        Caller caller = caller(context);
        if (caller.role() != Role.PEER && !rate.take("caller " + caller.name())) {
            throw Refusal.tooMany("at most " + limits.requestsPerSecond() + " requests a second", SOON);
        }
        caller.mustBe(route.least());
        if (route.least() == Role.ADMIN && !isForAdmins.test(context.req().getLocalPort())) {
            throw Refusal.forbidden("this is answered at the admins' port alone, see api.access.admin-port");
        }
        Semaphore slots = free.getOrDefault(route.weight(), new Semaphore(0));
        if (!slots.tryAcquire()) {
            throw Refusal.unavailable("as much is worked on as may be at once", SOON);
        }
        try {
            Parameters parameters = Parameters.of(context.queryString(), route.parameters());
            String tenant = tenant(route, parameters, caller);
            answer(route, new Call(context, route, caller, parameters, tenant));
        } finally {
            slots.release();
        }
    }

    private void passOpen(Route route, Context context) throws IOException, InterruptedException {
        String address = context.ip();
        if (!rate.take("address " + address)) {
            throw Refusal.tooMany("at most " + limits.requestsPerSecond() + " requests a second", SOON);
        }
        Caller nobody = new Caller("nobody", Role.READER, java.util.Set.of(), List.of());
        Parameters none = Parameters.of(context.queryString(), route.parameters());
        answer(route, new Call(context, route, nobody, none, Call.DEFAULT_TENANT));
    }

    private static void answer(Route route, Call call) throws IOException, InterruptedException {
        Optional<Reply> reply = route.work().answer(call);
        if (reply.isPresent()) {
            reply.get().write(call.context());
        }
    }

    /** The tenant is looked at here, so that no route can forget to. */
    private static String tenant(Route route, Parameters parameters, Caller caller) {
        if (!route.parameters().contains("tenant")) {
            return Call.DEFAULT_TENANT;
        }
        String tenant = parameters.text("tenant", TENANT_BYTES);
        String asked = tenant.isEmpty() ? Call.DEFAULT_TENANT : tenant;
        caller.mustSeeTenant(asked);
        return asked;
    }

    private Caller caller(Context context) {
        String address = context.ip();
        if (!failures.mayTake(address)) {
            throw Refusal.tooMany("too many logins from your address have failed", Duration.ofMinutes(1));
        }
        try {
            List<String> authorization = Collections.list(context.req().getHeaders("Authorization"));
            return authentication.of(new Credentials(authorization, certificate(context)));
        } catch (Refusal refused) {
            if (refused.status() == 401
                    && !context.req().getHeaders("Authorization").hasMoreElements()) {
                throw refused;
            }
            if (refused.status() == 401) {
                failures.take(address);
            }
            throw refused;
        }
    }

    private static Optional<X509Certificate> certificate(Context context) {
        @Nullable Object shown = context.req().getAttribute(CERTIFICATES);
        return shown instanceof X509Certificate[] chain && chain.length > 0 ? Optional.of(chain[0]) : Optional.empty();
    }
}
