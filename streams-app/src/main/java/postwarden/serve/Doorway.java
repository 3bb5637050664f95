package postwarden.serve;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import postwarden.serve.wire.Refusal;

/** What holds for every answer, and what keeps other people's web pages out. */
final class Doorway {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final ApiParams params;

    Doorway(ApiParams params) {
        this.params = params;
    }

    void enter(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("X-Frame-Options", "DENY");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        context.header("Cache-Control", "private, no-cache");
        if (params.tls().isUsed()) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
        String host = Optional.ofNullable(context.header("Host")).orElse("").toLowerCase(Locale.ROOT);
        if (params.isOpen() && !isOwn(host)) {
            // A page of anybody's whose name was made to lead here (DNS rebinding) would be let in as this machine's
            // user.
            throw Refusal.of(421, "Misdirected request", "this instance is not reached by that name");
        }
        if (context.method().name().equals("POST")) {
            refuseOthersPages(context, host);
        }
    }

    private boolean isOwn(String host) {
        String name = host.replaceFirst(":[0-9]{1,5}$", "");
        return LOOPBACK.contains(name) || name.equals(params.host().toLowerCase(Locale.ROOT));
    }

    private static void refuseOthersPages(Context context, String host) {
        String site = Optional.ofNullable(context.header("Sec-Fetch-Site")).orElse("same-origin");
        String origin = Optional.ofNullable(context.header("Origin")).orElse("");
        boolean own = origin.isEmpty() || origin.equals("http://" + host) || origin.equals("https://" + host);
        if (!own || !(site.equals("same-origin") || site.equals("none"))) {
            throw Refusal.forbidden("another site's page may not do this");
        }
    }
}
