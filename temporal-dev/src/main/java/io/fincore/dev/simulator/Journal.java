package io.fincore.dev.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An append-only file of entries, a line of JSON each. What was {@linkplain #sync() synced} survives the death of the process and of
 * the machine. A last line without its end was never synced, so nobody was told of it: it is cut off when the file is opened.
 */
final class Journal implements AutoCloseable {

    private static final String FILE_NAME = "journal.jsonl";

    private final FileChannel channel;
    private final List<JournalEntry> replayed;
    private final Object syncing = new Object();
    private volatile long written;
    private long synced;

    private Journal(FileChannel channel, List<JournalEntry> replayed, long length) {
        this.channel = channel;
        this.replayed = replayed;
        this.written = length;
        this.synced = length;
    }

    /**
     * @param folder made if there is none
     * @throws SimulatorStartException if another process has the journal, or a line before the last cannot be read
     */
    static Journal open(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                lock(channel, file);
                byte[] content = Files.readAllBytes(file);
                int end = endOfLastLine(content);
                List<JournalEntry> entries = read(content, end, file);
                channel.truncate(end);
                channel.position(end);
                return new Journal(channel, entries, end);
            } catch (IOException | SimulatorStartException failed) {
                channel.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new SimulatorStartException("cannot use the data folder " + folder + ": " + failed, failed);
        }
    }

    /** What the file held when it was opened, oldest first. */
    List<JournalEntry> replayed() {
        return replayed;
    }

    /** Appends the entries; they are lost with the machine until {@link #sync()} returns. Callers take turns. */
    void append(List<? extends JournalEntry> entries) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try {
            for (JournalEntry entry : entries) {
                lines.writeBytes(Json.MAPPER.writeValueAsBytes(entry));
                lines.write('\n');
            }
            ByteBuffer buffer = ByteBuffer.wrap(lines.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            written = channel.position();
        } catch (IOException failed) {
            throw new UncheckedIOException("the journal cannot be written", failed);
        }
    }

    /** Returns when everything appended before this call is on disk. Callers that come while a sync runs share the next one. */
    void sync() {
        long mine = written;
        synchronized (syncing) {
            if (synced >= mine) {
                return;
            }
            long all = written;
            try {
                channel.force(false);
            } catch (IOException failed) {
                throw new UncheckedIOException("the journal cannot be synced", failed);
            }
            synced = all;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            locked = false;
        }
        if (!locked) {
            throw new SimulatorStartException(
                    "another simulator uses " + file + "; stop it or choose another SIMULATOR_DATA");
        }
    }

    private static int endOfLastLine(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<JournalEntry> read(byte[] content, int end, Path file) {
        List<JournalEntry> entries = new ArrayList<>();
        String text = new String(Arrays.copyOf(content, end), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
            try {
                entries.add(Json.MAPPER.readValue(line, JournalEntry.class));
            } catch (JsonProcessingException unreadable) {
                throw new SimulatorStartException(
                        "line " + (entries.size() + 1) + " of " + file
                                + " cannot be read; move the file away to begin a new book",
                        unreadable);
            }
        }
        return List.copyOf(entries);
    }
}
