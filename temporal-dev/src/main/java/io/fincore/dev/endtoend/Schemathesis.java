package io.fincore.dev.endtoend;

import io.fincore.dev.stack.Command;
import io.fincore.dev.stack.Executables;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Repository;
import io.fincore.dev.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private static final String CONFIGURATION = "schemathesis.toml";

    private final Path home = Repository.root().resolve("temporal-dev").resolve(COMPONENT);
    private final Path program;

    /** Installs it if need be. */
    Schemathesis(Progress progress) {
        program = place();
        if (!Files.isExecutable(executable())) {
            install(progress);
        }
    }

    /**
     * @param folder where it is run and leaves what it reports
     * @param environment what its configuration asks for
     * @param dictionaries values for what its configuration names
     * @return exit code 0 if it found nothing
     * @throws IOException if the folder cannot be written to
     */
    Command.Ended run(
            Path folder,
            Map<String, String> environment,
            Map<String, List<String>> dictionaries,
            List<String> arguments)
            throws IOException {
        for (String file : List.of(CONFIGURATION, "rules.py")) {
            Files.copy(home.resolve(file), folder.resolve(file));
        }
        for (Map.Entry<String, List<String>> dictionary : dictionaries.entrySet()) {
            Files.write(
                    folder.resolve(dictionary.getKey() + ".dict"),
                    dictionary.getValue().stream()
                            .map(value -> '"' + value + '"')
                            .toList());
        }
        List<String> command =
                new ArrayList<>(List.of(executable().toString(), "--config-file", CONFIGURATION, "--no-color", "run"));
        command.addAll(arguments);
        return Command.attempt(folder, environment, command);
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
        Command.run(home, Map.of(), List.of(python.toString(), "-m", "venv", "--clear", program.toString()));
        Command.run(
                home,
                Map.of(),
                List.of(
                        program.resolve("bin/python").toString(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--requirement",
                        requirements().toString()));
    }
}
