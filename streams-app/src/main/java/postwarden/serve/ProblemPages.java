package postwarden.serve;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import postwarden.serve.wire.Refusal;

/** What Jetty itself refuses, such as a line that is no request, as the same problems that the API tells. */
final class ProblemPages extends ErrorHandler {
    static final String TYPE = "application/problem+json";

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        @Nullable Object cause = request.getAttribute(ERROR_EXCEPTION);
        int status = cause instanceof HttpException refused ? refused.getCode() : response.getStatus();
        int shown = status < 400 ? 500 : status;
        response.setStatus(shown);
        String title = HttpStatus.getMessage(shown);
        byte[] body = Refusal.of(shown, title, "the request cannot be answered: " + title)
                .body();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
