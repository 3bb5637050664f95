package postwarden.serve;

import io.javalin.http.Context;
import java.io.IOException;
import postwarden.serve.wire.Refusal;

/** Reads a request's body, so much of it and no more. */
final class Body {
    private Body() {}

    /** @throws Refusal 413 for more, 400 when it does not come whole or in time */
    static byte[] read(Context context, int most) {
        if (context.req().getContentLengthLong() > most) {
            throw tooLarge(most);
        }
        try {
            byte[] body = context.req().getInputStream().readNBytes(most + 1);
            if (body.length > most) {
                throw tooLarge(most);
            }
            return body;
        } catch (IOException cut) {
            throw Refusal.of(408, "Request timeout", "the body did not come whole, or not in time");
        }
    }

    private static Refusal tooLarge(int most) {
        return Refusal.of(413, "Content too large", "a body has at most " + most + " bytes");
    }
}
