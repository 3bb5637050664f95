package postwarden.producer.follow;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.Position;
import postwarden.producer.checkpoint.Progress;
import postwarden.producer.file.FileId;
import postwarden.producer.file.Print;

/**
 * Lines from standard input. It cannot be read again, so no checkpoint knows it, and its identity is that of this session. A thread of
 * its own waits for the bytes, because a read cannot be cut short; it is never more than {@value #AHEAD} chunks ahead.
 */
final class StandardInput implements Input {
    private static final Logger LOG = LoggerFactory.getLogger(StandardInput.class);
    private static final int AHEAD = 4;
    private static final byte[] END = {};
    private static final byte[] NOTHING = {};

    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(AHEAD);
    private final LineStream lines;
    private final Source source;
    /** What there was no room for; empty when there is nothing. */
    private byte[] rest = NOTHING;

    private boolean ended;

    StandardInput(Source source, InputStream in, int chunk, Reading reading) {
        this.source = source;
        String session = Source.STANDARD_INPUT + reading.reporter() + Reading.micros(reading.clock());
        Progress progress = new Progress(new Position(0, 0, Print.NOTHING));
        lines = new LineStream(source, Source.STANDARD_INPUT, FileId.of(session, Print.NOTHING, 0), progress, reading);
        Thread thread = new Thread(() -> pump(in, chunk), "standard-input");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Source source() {
        return source;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean readToItsEnd() {
        return chunks.isEmpty() && rest.length == 0;
    }

    @Override
    public boolean step() {
        byte[] chunk = ended || rest.length > 0 ? null : chunks.poll();
        if (chunk == END) {
            ended = true;
            lines.finish();
            return true;
        }
        byte[] next = chunk == null ? rest : chunk;
        int taken = lines.feed(next, next.length);
        rest = taken == 0 ? next : Arrays.copyOfRange(next, taken, next.length);
        return taken > 0;
    }

    private void pump(InputStream in, int chunk) {
        byte[] buffer = new byte[chunk];
        try {
            int count = in.read(buffer);
            while (count >= 0) {
                if (count > 0) {
                    chunks.put(Arrays.copyOf(buffer, count));
                }
                count = in.read(buffer);
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("why", e.getMessage()).log("standard input cannot be read any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            chunks.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
