package postwarden.e2e.producer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Writes a log at a steady rate, and turns it every now and then in a way that a seed draws, until it is closed. */
final class Daemon implements AutoCloseable {
    private static final int PORTION = 50;
    private static final long PAUSE_NANOS = 10_000_000;
    /** One portion in so many is followed by a rotation: some two a second. */
    private static final int TURN = 50;

    private final WrittenLog log;
    private final Random lot;
    private final boolean turns;
    private final Thread thread;
    private volatile boolean stopped;

    private Daemon(WrittenLog log, Random lot, boolean turns) {
        this.log = log;
        this.lot = lot;
        this.turns = turns;
        thread = new Thread(this::write, "daemon");
    }

    /** Some 5,000 lines a second, and two rotations. */
    static Daemon writingAndTurning(WrittenLog log, Random lot) {
        return new Daemon(log, lot, true);
    }

    /** Some 5,000 lines a second into one file. */
    static Daemon writing(WrittenLog log, Random lot) {
        return new Daemon(log, lot, false);
    }

    void begin() {
        thread.start();
    }

    private void write() {
        try {
            while (!stopped) {
                log.append(PORTION);
                if (turns && lot.nextInt(TURN) == 0) {
                    turn();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn() throws IOException {
        switch (lot.nextInt(4)) {
            case 0 -> log.copyAndTruncate();
            case 1 -> log.pack();
            default -> log.rename();
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
