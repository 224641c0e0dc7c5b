package io.fincore.dev.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * A Spring Boot jar, unpacked: it starts faster than from nested jars, and a new build does not pull the jar away under a running
 * JVM.
 */
final class Application {

    private Application() {}

    /** The unpacked jar of a module, of its present build. */
    static Path unpacked(StackSettings settings, String module) {
        String name = "fincore-" + module + "-0.1.0-SNAPSHOT-exec.jar";
        Path jar = settings.repository().resolve(module).resolve("target").resolve(name);
        if (!Files.exists(jar)) {
            throw new StackException("Not built yet: " + jar + ". Run ./mvnw -DskipTests package first.");
        }
        try {
            Path folder = settings.folder().applications().resolve(module + "-" + contentSum(jar));
            if (!Files.isDirectory(folder)) {
                unpack(jar, folder);
            }
            return folder.resolve(name);
        } catch (IOException e) {
            throw new StackException(jar + " cannot be unpacked: " + e.getMessage(), e);
        }
    }

    /** Deletes the unpacked jars of modules of which no replica runs, present builds excepted. */
    static void forgetEarlierBuilds(StackSettings settings, Set<String> running) {
        for (String module : List.of(WorkerProcess.MODULE, ApiProcess.MODULE)) {
            Path present = Objects.requireNonNull(unpacked(settings, module).getParent());
            if (running.stream().noneMatch(name -> name.startsWith(module))) {
                earlierThan(present, module).forEach(StackFolder::deleteTree);
            }
        }
    }

    private static List<Path> earlierThan(Path present, String module) {
        try (Stream<Path> folders = Files.list(Objects.requireNonNull(present.getParent()))) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(module + "-"))
                    .filter(folder -> !folder.equals(present))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(Path jar, Path folder) throws IOException {
        Path fresh = Files.createTempDirectory(folder.resolveSibling("."), "unpacking");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Command.run(
                fresh,
                Map.of(),
                List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        fresh.toString(),
                        "--force"));
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            StackFolder.deleteTree(fresh);
        }
    }

    /** From the table of contents alone; the file's time says nothing, as builds are reproducible. */
    private static String contentSum(Path jar) throws IOException {
        CRC32 sum = new CRC32();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .forEach(entry -> sum.update((entry.getName() + entry.getCrc()).getBytes(StandardCharsets.UTF_8)));
        }
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
