package io.fincore.dev.endtoend;

import io.fincore.dev.stack.Executables;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Repository;
import io.fincore.dev.stack.StackException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A program in Python that draws requests from an OpenAPI file, right ones and wrong ones, and compares each answer with what the file
 * says. {@code temporal-dev/schemathesis} holds its version and configuration; it is installed once, where the stack's other programs are.
 */
final class Schemathesis {

    private static final String COMPONENT = "schemathesis";

    private final Path home = Repository.root().resolve("temporal-dev").resolve(COMPONENT);
    private final Path program;

    /** Installs it if need be. */
    Schemathesis(Progress progress) {
        program = place();
        if (!Files.isExecutable(executable())) {
            install(progress);
        }
    }

    /** What it printed, and how it ended: 0 if it found nothing. */
    record Run(String output, int exitCode) {}

    /**
     * @param folder where it leaves what it reports
     * @param environment what its configuration asks for
     */
    Run run(Path folder, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                executable().toString(),
                "--config-file",
                home.resolve("schemathesis.toml").toString(),
                "--no-color",
                "run"));
        command.addAll(arguments);
        return run(folder.toFile(), environment, command);
    }

    /** Named after what it is made of. */
    private Path place() {
        try {
            CRC32 sum = new CRC32();
            sum.update(Files.readAllBytes(requirements()));
            return Executables.cache().resolve(COMPONENT + "-" + HexFormat.of().toHexDigits((int) sum.getValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path requirements() {
        return home.resolve("requirements.txt");
    }

    private Path executable() {
        return program.resolve("bin").resolve(COMPONENT);
    }

    /** An environment of Python cannot be moved, so it is made where it stays; pip writes the program when all it needs is there. */
    private void install(Progress progress) {
        Path python = Executables.onPath("python3")
                .orElseThrow(
                        () -> new StackException(
                                "Schemathesis runs in Python: there is no python3 on PATH. Install Python 3.10 or newer, with venv."));
        progress.report(COMPONENT, "installing, once");
        require(List.of(python.toString(), "-m", "venv", "--clear", program.toString()));
        require(List.of(
                program.resolve("bin/python").toString(),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--requirement",
                requirements().toString()));
    }

    private static void require(List<String> command) {
        Run run = run(Repository.root().toFile(), Map.of(), command);
        if (run.exitCode() != 0) {
            throw new StackException(String.join(" ", command) + " failed:\n" + run.output());
        }
    }

    private static Run run(File folder, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(output, process.waitFor());
        } catch (IOException e) {
            throw new StackException(command.getFirst() + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while running " + command.getFirst(), e);
        }
    }
}
