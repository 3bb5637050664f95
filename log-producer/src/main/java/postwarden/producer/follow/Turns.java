package postwarden.producer.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the open files, a stretch of each at a time: those that are awake at once, all of them when that is due. */
final class Turns {
    /** The part of the time that may go into asking files that stand still for new bytes, as one in so many: it only finds what the kernel did not tell of. */
    private static final int ROUNDS_SHARE = 4000;
    /** The same for those of which the kernel does not tell. */
    private static final int QUESTIONS_SHARE = 400;

    private final boolean once;
    private final OpenFiles files;
    private final Bell bell;
    private final byte[] chunk;
    private final Pace rounds;
    /** When those files are asked for new bytes of which the bell does not tell. */
    private final Pace questions;
    /** Files of which something was read lately, that wait for room, or of which the bell told: they are read without waiting for all others. */
    private final Set<Tail> awake = new LinkedHashSet<>();

    /** Open files of which the bell does not tell, as of the last look. */
    private List<Tail> unheard = List.of();

    private boolean looked;
    /** Whether the bell did not tell of all that was written since everybody was asked last. */
    private boolean deaf;

    Turns(FollowParams params, OpenFiles files, Bell bell, Clock clock) {
        this.once = params.once();
        this.files = files;
        this.bell = bell;
        this.chunk = new byte[params.chunk()];
        this.rounds = new Pace(clock, params.poll(), params.sweep(), ROUNDS_SHARE);
        this.questions = new Pace(clock, params.poll(), params.heartbeat(), QUESTIONS_SHARE);
    }

    /** Notes that other files may be open now, or stand elsewhere. */
    void looked() {
        unheard = files.all().stream().filter(tail -> !tail.isHeard(bell)).toList();
        looked = true;
    }

    /** Forgets who is awake; the next round asks everybody. */
    void clear() {
        awake.clear();
    }

    /**
     * Reads the files that are awake, and all of them when that is due: also behind a look, since what is written while a file is renamed
     * rings for a name that nobody knows yet, and soon when the bell was told of more than it could be. Before a heartbeat, which says what
     * has been read, those are asked of which the bell does not tell, and all when it may have missed any. Answers whether anything was read.
     */
    boolean read(boolean beats) {
        if (beats) {
            bell.hark();
        }
        Set<Path> touched = bell.touched();
        deaf |= bell.wasDeaf();
        if (once || rounds.isDue() || looked || (deaf && (beats || rounds.isDueForNews()))) {
            looked = false;
            deaf = false;
            rounds.begin();
            awake.clear();
            boolean read = read(files.all());
            rounds.end();
            return read;
        }
        touched.forEach(path -> awake.addAll(files.at(path)));
        boolean asks = beats || questions.isDue();
        if (asks) {
            questions.begin();
            awake.addAll(unheard);
        }
        List<Tail> some = List.copyOf(awake);
        awake.clear();
        boolean read = read(some);
        if (asks) {
            questions.end();
        }
        return read;
    }

    private boolean read(List<Tail> tails) {
        List<Tail> rewritten = new ArrayList<>();
        boolean read = false;
        for (Tail tail : tails) {
            try {
                Tail.Step step = tail.step(chunk);
                if (step == Tail.Step.REWRITTEN) {
                    rewritten.add(tail);
                } else if (step != Tail.Step.NOTHING) {
                    awake.add(tail);
                    read |= step == Tail.Step.READ;
                }
            } catch (Unpacked.Damaged e) {
                files.giveUp(tail, e);
            } catch (IOException e) {
                files.complain(tail.stat().path(), e);
            }
        }
        awake.addAll(files.rewritten(rewritten));
        return read || !rewritten.isEmpty();
    }
}
