package io.fincore.dev.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The launcher's own class path, for the processes whose code lies in this module. */
final class ClassPath {

    private ClassPath() {}

    /**
     * The working copy's own jars are copied first: a build replaces them, which a JVM that still runs on them does not survive.
     */
    static String stable(StackSettings settings, String component) {
        Path copies = settings.folder().applications().resolve(component);
        StackFolder.deleteTree(copies);
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .map(entry -> isBuilt(entry, settings.repository()) ? copy(entry, copies) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isBuilt(Path entry, Path repository) {
        return Files.isRegularFile(entry) && entry.startsWith(repository);
    }

    private static Path copy(Path jar, Path into) {
        try {
            Files.createDirectories(into);
            return Files.copy(jar, into.resolve(jar.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
