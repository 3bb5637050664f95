package postwarden.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import postwarden.serve.wire.Refusal;

/** The console's page and its files, out of the class path. Nothing but what is there can be asked for. */
final class ConsoleFiles {
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String ASSETS = "/assets/";
    private static final String WEBJARS = "/webjars/";
    private static final int LONGEST = 512;
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("woff", "font/woff"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final ClassLoader loader;
    /** As many as there are files: what is not there is not kept. */
    private final Map<String, Reply> files = new ConcurrentHashMap<>();

    ConsoleFiles(ClassLoader loader) {
        this.loader = loader;
    }

    Optional<Reply> page(Call call) {
        return Optional.of(file("console/index.html", call));
    }

    Optional<Reply> asset(Call call) {
        return Optional.of(file("console/assets/" + below(ASSETS, call), call));
    }

    Optional<Reply> library(Call call) {
        return Optional.of(file("META-INF/resources/webjars/" + below(WEBJARS, call), call));
    }

    private static String below(String folder, Call call) {
        String path = call.context().path().substring(folder.length());
        boolean plain = path.length() <= LONGEST
                && path.matches("[A-Za-z0-9@][A-Za-z0-9@._+-]*(/[A-Za-z0-9@][A-Za-z0-9@._+-]*)*")
                && !path.contains("..");
        if (!plain) {
            throw unknown();
        }
        return path;
    }

    private Reply file(String name, Call call) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        Reply known = files.get(name);
        Reply reply = known == null ? read(name, TYPES.getOrDefault(ending, "application/octet-stream")) : known;
        files.putIfAbsent(name, reply);
        call.context().header("Content-Security-Policy", POLICY);
        call.context().header("Cache-Control", "no-cache");
        return reply;
    }

    private Reply read(String name, String type) {
        try (@Nullable InputStream file = loader.getResourceAsStream(name)) {
            if (file == null) {
                throw unknown();
            }
            return new Reply(200, type, file.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException("the class path's " + name + " cannot be read", broken);
        }
    }

    private static Refusal unknown() {
        return Refusal.notFound("there is no such page");
    }
}
