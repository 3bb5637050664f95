package postwarden.e2e.producer;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A disk whose reads can be made to fail: a file system that shows the regular files of one folder, read-only, and fails with EIO while a
 * file {@code broken} stands beside that folder; what that file says, in decimal, is the first byte that cannot be read. Speaks FUSE's
 * protocol (Linux {@code fuse.h}, 7.31) at its standard input, which is the device: {@code FOLDER}.
 */
final class FaultyDisk {
    private static final int LOOKUP = 1;
    private static final int FORGET = 2;
    private static final int GETATTR = 3;
    private static final int OPEN = 14;
    private static final int READ = 15;
    private static final int STATFS = 17;
    private static final int RELEASE = 18;
    private static final int FLUSH = 25;
    private static final int INIT = 26;
    private static final int OPENDIR = 27;
    private static final int READDIR = 28;
    private static final int RELEASEDIR = 29;
    private static final int ACCESS = 34;
    private static final int DESTROY = 38;
    private static final int BATCH_FORGET = 42;

    private static final int NO_SUCH_FILE = -2;
    private static final int INPUT_OUTPUT_ERROR = -5;
    private static final int NOT_THERE = -38;

    private static final long ROOT = 1;
    private static final int HEADER = 40;
    private static final int LARGEST = 1 << 20;
    private static final int DIRECT = 1;

    private final Path folder;
    private final Path broken;
    private final OutputStream device;
    /** A file's number is its place here, behind the root's. */
    private final List<String> names = new ArrayList<>();

    private FaultyDisk(Path folder, OutputStream device) {
        this.folder = folder;
        this.broken = folder.resolveSibling("broken");
        this.device = device;
    }

    /** Answers until the file system is unmounted. */
    public static void main(String[] arguments) throws IOException {
        FaultyDisk disk = new FaultyDisk(Path.of(arguments[0]), new FileOutputStream(FileDescriptor.in));
        try (FileInputStream device = new FileInputStream(FileDescriptor.in)) {
            byte[] request = new byte[LARGEST];
            for (int length = device.read(request); length >= HEADER; length = device.read(request)) {
                disk.answer(ByteBuffer.wrap(request, 0, length).order(ByteOrder.LITTLE_ENDIAN));
            }
        }
    }

    private void answer(ByteBuffer request) throws IOException {
        int operation = request.getInt(4);
        long unique = request.getLong(8);
        long node = request.getLong(16);
        if (operation == FORGET || operation == BATCH_FORGET) {
            return;
        }
        byte[] body = {};
        int error = 0;
        try {
            body = body(operation, node, request);
        } catch (Failed failed) {
            error = failed.error;
        }
        device.write(buffer(16 + body.length)
                .putInt(16 + body.length)
                .putInt(error)
                .putLong(unique)
                .put(body)
                .array());
    }

    private byte[] body(int operation, long node, ByteBuffer request) throws IOException, Failed {
        return switch (operation) {
            case INIT -> started(request);
            case LOOKUP -> looked(request);
            case GETATTR ->
                buffer(104).putLong(0).putLong(0).put(attributes(node)).array();
            case OPEN -> buffer(16).putLong(0).putInt(DIRECT).putInt(0).array();
            case OPENDIR -> new byte[16];
            case READ -> read(node, request.getLong(HEADER + 8), request.getInt(HEADER + 16));
            case READDIR -> listed(request.getLong(HEADER + 8), request.getInt(HEADER + 16));
            case STATFS -> new byte[80];
            case RELEASE, RELEASEDIR, FLUSH, ACCESS, DESTROY -> new byte[0];
            default -> throw new Failed(NOT_THERE);
        };
    }

    private static byte[] started(ByteBuffer request) {
        int readAhead = request.getInt(HEADER + 8);
        return buffer(64)
                .putInt(7)
                .putInt(31)
                .putInt(readAhead)
                .putInt(0)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(4096)
                .putInt(1)
                .array();
    }

    private byte[] looked(ByteBuffer request) throws IOException, Failed {
        byte[] name = new byte[request.limit() - 1 - HEADER];
        request.get(HEADER, name);
        String text = new String(name, StandardCharsets.UTF_8);
        if (!Files.isRegularFile(folder.resolve(text))) {
            throw new Failed(NO_SUCH_FILE);
        }
        if (!names.contains(text)) {
            names.add(text);
        }
        long node = ROOT + 1 + names.indexOf(text);
        return buffer(128)
                .putLong(node)
                .putLong(0)
                .putLong(0)
                .putLong(0)
                .putLong(0)
                .put(attributes(node))
                .array();
    }

    private byte[] attributes(long node) throws IOException, Failed {
        Path path = path(node);
        long size = node == ROOT ? 0 : Files.size(path);
        long seconds = Files.getLastModifiedTime(path).toMillis() / 1000;
        int nanos = (int) (Files.getLastModifiedTime(path).toMillis() % 1000) * 1_000_000;
        int mode = node == ROOT ? 0040755 : 0100644;
        return buffer(88)
                .putLong(node)
                .putLong(size)
                .putLong(0)
                .putLong(seconds)
                .putLong(seconds)
                .putLong(seconds)
                .putInt(nanos)
                .putInt(nanos)
                .putInt(nanos)
                .putInt(mode)
                .putInt(1)
                .array();
    }

    private Path path(long node) throws Failed {
        if (node == ROOT) {
            return folder;
        }
        Path path = folder.resolve(names.get((int) (node - ROOT - 1)));
        if (!Files.exists(path)) {
            throw new Failed(NO_SUCH_FILE);
        }
        return path;
    }

    private byte[] read(long node, long from, int size) throws IOException, Failed {
        if (Files.exists(broken)
                && from + size > Long.parseLong(Files.readString(broken).strip())) {
            throw new Failed(INPUT_OUTPUT_ERROR);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        try (FileChannel channel = FileChannel.open(path(node), StandardOpenOption.READ)) {
            channel.read(bytes, from);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private byte[] listed(long from, int size) throws IOException {
        List<String> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
        }
        ByteBuffer entries = buffer(size);
        for (int i = (int) from; i < files.size(); i++) {
            byte[] name = files.get(i).getBytes(StandardCharsets.UTF_8);
            int length = (24 + name.length + 7) / 8 * 8;
            if (entries.remaining() < length) {
                break;
            }
            int end = entries.position() + length;
            entries.putLong(ROOT + 1 + i)
                    .putLong(i + 1L)
                    .putInt(name.length)
                    .putInt(8)
                    .put(name)
                    .position(end);
        }
        byte[] listed = new byte[entries.position()];
        entries.get(0, listed);
        return listed;
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What the kernel is told instead of an answer. */
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        private final int error;

        Failed(int error) {
            super("error " + error);
            this.error = error;
        }
    }
}
