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

    private static final int CALM_PORTION = 20;
    private static final long CALM_PAUSE_NANOS = 100_000_000;

    private final WrittenLog log;
    private final Random lot;
    private final boolean turns;
    private final int portion;
    private final long pauseNanos;
    private final Thread thread;
    private volatile boolean stopped;

    private Daemon(WrittenLog log, Random lot, boolean turns, int portion, long pauseNanos) {
        this.log = log;
        this.lot = lot;
        this.turns = turns;
        this.portion = portion;
        this.pauseNanos = pauseNanos;
        thread = new Thread(this::write, "daemon");
    }

    /** Some 5,000 lines a second, and two rotations. */
    static Daemon writingAndTurning(WrittenLog log, Random lot) {
        return new Daemon(log, lot, true, PORTION, PAUSE_NANOS);
    }

    /** Some 5,000 lines a second into one file. */
    static Daemon writing(WrittenLog log, Random lot) {
        return new Daemon(log, lot, false, PORTION, PAUSE_NANOS);
    }

    /** Some 200 lines a second, and a rotation every five: for hours, since every line is kept. */
    static Daemon calm(WrittenLog log, Random lot) {
        return new Daemon(log, lot, true, CALM_PORTION, CALM_PAUSE_NANOS);
    }

    void begin() {
        thread.start();
    }

    private void write() {
        try {
            while (!stopped) {
                log.append(portion);
                if (turns && lot.nextInt(TURN) == 0) {
                    turn();
                }
                LockSupport.parkNanos(pauseNanos);
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
