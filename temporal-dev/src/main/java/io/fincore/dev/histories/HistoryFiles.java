package io.fincore.dev.histories;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The folder of committed histories: JSON as Temporal's own tools write it, without the names of the machine they come from. */
final class HistoryFiles {

    /** Temporal's default identity of a process, {@code pid@host}, and the names of queues that begin with it. */
    private static final Pattern IDENTITY = Pattern.compile("\"\\d+@[^\"]*\"");

    private final Path folder;

    HistoryFiles(Path folder) {
        this.folder = folder;
    }

    void write(String path, WorkflowExecutionHistory history) {
        String json = IDENTITY.matcher(history.toJson(true)).replaceAll("\"recorder\"");
        Path file = folder.resolve(path + ".json");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, json + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
