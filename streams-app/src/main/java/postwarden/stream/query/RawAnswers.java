package postwarden.stream.query;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import postwarden.ask.Measures;
import postwarden.ask.RawRow;
import postwarden.detect.Dossier;
import postwarden.detect.KeyState;
import postwarden.stream.JournalCopy;
import postwarden.stream.Recent;
import postwarden.stream.Stores;
import postwarden.stream.codec.CorrelateCodecs;
import postwarden.stream.codec.IncidentCodec;
import postwarden.stream.codec.StateCodecs;

/** Rows of any store, as they are. What no task shares is looked for in its journal, which is slow and seldom asked for. */
final class RawAnswers {
    private static final Map<String, Function<byte[], String>> TEXTS = texts();

    private final Reach reach;

    RawAnswers(Reach reach) {
        this.reach = reach;
    }

    static List<String> stores() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> kind.stores().stream())
                .sorted()
                .toList();
    }

    Optional<RawRow> raw(String store, String hexKey) {
        Kind kind = Arrays.stream(Kind.values())
                .filter(each -> each.stores().contains(store))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no store is called '" + store + "'"));
        byte[] key = key(hexKey);
        for (int part : reach.active(kind)) {
            Optional<byte[]> value = reach.asked(() -> value(kind, store, part, key));
            if (value.isPresent()) {
                HexFormat hex = HexFormat.of();
                return Optional.of(new RawRow(
                        store, part, hex.formatHex(key), hex.formatHex(value.get()), text(store, value.get())));
            }
        }
        return Optional.empty();
    }

    private static byte[] key(String hexKey) {
        try {
            return HexFormat.of().parseHex(hexKey);
        } catch (IllegalArgumentException notHex) {
            throw new IllegalArgumentException("a key is an even number of hexadecimal digits", notHex);
        }
    }

    private Optional<byte[]> value(Kind kind, String store, int part, byte[] key) {
        if (kind.journal().isPresent()) {
            JournalCopy journal = JournalCopy.of(
                    reach.store(kind.journal().get(), part), kind.stores().size());
            Optional<Recent.Row> young = journal.get(kind.stores().indexOf(store), key);
            if (young.isPresent()) {
                return young.get().value();
            }
        }
        return Optional.ofNullable(reach.store(store, part).get(Bytes.wrap(key)));
    }

    private static String text(String store, byte[] value) {
        try {
            return TEXTS.getOrDefault(store, bytes -> "").apply(value);
        } catch (IllegalArgumentException damaged) {
            return "cannot be read: " + damaged.getMessage();
        }
    }

    private static Map<String, Function<byte[], String>> texts() {
        Map<String, Function<byte[], String>> texts = new TreeMap<>();
        texts.put(
                Stores.SEEN,
                bytes -> Arrays.toString(
                        StateCodecs.INTERVALS.decode().apply(bytes).bounds()));
        texts.put(Stores.CLOCKS, StateCodecs.HOST_CLOCK.decode().andThen(String::valueOf));
        texts.put(Stores.QUEUE, CorrelateCodecs.QUEUE_ENTRY.decode().andThen(String::valueOf));
        texts.put(Stores.TRACES, CorrelateCodecs.TRACE.decode().andThen(String::valueOf));
        texts.put(Stores.DRIFT, StateCodecs.TEMPLATE_COUNT.decode().andThen(String::valueOf));
        texts.put(Stores.KEYS, StateCodecs.KEY_STATE.decode().andThen(RawAnswers::text));
        texts.put(
                Stores.TALLIES,
                StateCodecs.TALLY.decode().andThen(tally -> Measures.of(tally).toString()));
        texts.put(Stores.FLEET, StateCodecs.HOST_PROGRESS.decode().andThen(String::valueOf));
        texts.put(Stores.INCIDENTS, bytes -> String.valueOf(IncidentCodec.decode(bytes)));
        texts.put(Stores.WAITING, StateCodecs.REPORTS.decode().andThen(String::valueOf));
        texts.put(Stores.PARTS, StateCodecs.SETTLED.decode().andThen(String::valueOf));
        texts.put(Stores.POLICIES, StateCodecs.ALLOWANCE.decode().andThen(String::valueOf));
        return texts;
    }

    /** What is with the key itself; the numbers of a busy one stand in rows of their own. */
    private static String text(KeyState state) {
        return Stream.of("hosts " + Dossier.hostsOf(state), "open " + Dossier.openOf(state))
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();
    }
}
