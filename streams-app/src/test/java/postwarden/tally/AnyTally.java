package postwarden.tally;

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/** Tallies as no sensible mail server would give them, the same for the same seed. */
public final class AnyTally {
    private static final Instant FROM = Instant.parse("2026-11-21T08:00:00Z");

    /** Marks that there were when the stored examples were drawn by their seeds. */
    private static final int FIRST_MARKS = 13;

    /** Counts that there were then; {@code TallyCodecTest} goes through all. */
    private static final Count[] COUNTS = Arrays.copyOf(Count.values(), 86);

    private static final Distinct[] DISTINCTS = Arrays.copyOf(Distinct.values(), 20);

    private static final Lead[] LEADS = Arrays.copyOf(Lead.values(), 5);

    private AnyTally() {}

    /** A tally of up to 200 additions of all sorts; about one in three holds a sketch that is an estimate. */
    public static Tally of(long seed) {
        Random random = new Random(seed);
        Tally tally = new Tally();
        for (int left = random.nextInt(200); left > 0; left--) {
            switch (random.nextInt(7)) {
                case 0 -> tally.add(any(COUNTS, random), random.nextLong() >>> random.nextInt(64));
                case 1 -> tally.restore(sample(random));
                case 2 -> tally.raise(any(Peak.values(), random), random.nextInt(1000));
                case 3 -> tally.mark(Mark.values()[random.nextInt(FIRST_MARKS)]);
                case 4 -> tally.name("client:" + random.nextInt(40), random.nextInt(9));
                case 5 -> lead(tally, random, random.nextInt(40));
                default -> tally.note(any(DISTINCTS, random), "välue" + random.nextInt(300));
            }
        }
        if (random.nextInt(3) == 0) {
            for (int left = 200; left > 0; left--) {
                tally.note(Distinct.CLIENTS, "client" + left);
            }
        }
        if (random.nextInt(3) == 0) {
            for (int left = 200; left > 0; left--) {
                lead(tally, random, left);
            }
        }
        return tally;
    }

    private static void lead(Tally tally, Random random, int name) {
        String detail = random.nextBoolean() ? "" : "dömain" + random.nextInt(9);
        tally.lead(any(LEADS, random), "id" + name, "näme" + name, random.nextInt(), detail);
    }

    private static Sample sample(Random random) {
        return new Sample(
                any(COUNTS, random),
                FROM.plusNanos(random.nextInt(1_000_000_000)),
                "mx" + random.nextInt(3),
                "/var/log/mail.log",
                random.nextInt(1_000_000),
                random.nextInt(3) - 1,
                random.nextInt(1_000_000) - 1,
                "a line with ümlauts and \t tabs " + random.nextInt());
    }

    private static <T> T any(T[] of, Random random) {
        return of[random.nextInt(of.length)];
    }
}
