package postwarden.serve;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import postwarden.serve.access.Caller;
import postwarden.serve.wire.Refusal;

/**
 * One request, after it was let in.
 *
 * @param tenant that it is about, which the caller may see
 */
record Call(Context context, Route route, Caller caller, Parameters parameters, String tenant) {
    static final String DEFAULT_TENANT = "default";

    /** A part of the path, decoded. @throws Refusal 400 */
    String path(String name, int mostBytes) {
        List<String> template = Arrays.asList(route.path().split("/", -1));
        String[] raw = context.path().split("/", -1);
        int at = template.indexOf("{" + name + "}");
        String text = Percent.decode(name, raw[at], false, mostBytes);
        if (text.isBlank()) {
            throw Refusal.bad(name + " must not be empty");
        }
        return text;
    }
}
