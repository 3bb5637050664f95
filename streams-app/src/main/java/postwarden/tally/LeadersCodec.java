package postwarden.tally;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The stored form of {@link Leaders}: the names in order of their ids, or the events drawn and then the cells. */
final class LeadersCodec {
    private LeadersCodec() {}

    static void encode(Leaders leaders, Packer out) {
        out.flag(leaders.isExact());
        if (!leaders.isExact()) {
            encodeTable(leaders, out);
            return;
        }
        out.number(leaders.counted().size());
        for (Leaders.Counted one : leaders.counted().values()) {
            encode(one.drawn(), out);
            out.number(one.count());
            encodeDetails(one.details(), out);
        }
    }

    /** @throws IllegalArgumentException when the bytes are none */
    static Leaders decode(Unpacker in) {
        if (!in.flag()) {
            return decodeTable(in);
        }
        Leaders leaders = new Leaders();
        int size = in.count();
        if (size > Leaders.EXACT) {
            throw new IllegalArgumentException(size + " names where " + Leaders.EXACT + " are counted exactly");
        }
        for (int left = size; left > 0; left--) {
            Drawn drawn = decodeDrawn(in);
            leaders.add(drawn.id(), new Leaders.Counted(drawn, positive(in.number()), decodeDetails(in)));
        }
        return leaders;
    }

    private static void encodeTable(Leaders leaders, Packer out) {
        LeaderTable table = leaders.table();
        TreeSet<Drawn> drawn = new TreeSet<>();
        for (int at = 0; at < LeaderTable.CELLS; at++) {
            if (table.counts[at] > 0) {
                drawn.add(table.drawn[at]);
            }
        }
        Map<Drawn, Integer> places = new HashMap<>();
        out.number(leaders.total()).number(drawn.size());
        for (Drawn one : drawn) {
            places.put(one, places.size());
            encode(one, out);
        }
        for (int at = 0; at < LeaderTable.CELLS; at++) {
            out.number(table.counts[at]);
            if (table.counts[at] > 0) {
                out.number(places.getOrDefault(table.drawn[at], 0));
                encodeDetails(table.details[at], out);
            }
        }
    }

    private static Leaders decodeTable(Unpacker in) {
        long total = positive(in.number());
        List<Drawn> drawn = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            drawn.add(decodeDrawn(in));
        }
        LeaderTable table = new LeaderTable();
        for (int at = 0; at < LeaderTable.CELLS; at++) {
            long count = in.number();
            if (count != 0) {
                long place = in.number();
                if (place < 0 || place >= drawn.size()) {
                    throw new IllegalArgumentException("event " + place + " of " + drawn.size() + " that were drawn");
                }
                table.put(at, drawn.get((int) place), positive(count), decodeDetails(in));
            }
        }
        return Leaders.ofTable(table, total);
    }

    private static void encode(Drawn one, Packer out) {
        out.fixed(one.lot()).fixed(one.id()).text(one.name());
    }

    private static Drawn decodeDrawn(Unpacker in) {
        return new Drawn(in.fixed(), in.fixed(), in.text());
    }

    private static void encodeDetails(long details, Packer out) {
        out.flag(details != 0);
        if (details != 0) {
            out.fixed(details);
        }
    }

    private static long decodeDetails(Unpacker in) {
        return in.flag() ? in.fixed() : 0;
    }

    private static long positive(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("a name that came " + count + " times");
        }
        return count;
    }
}
