package io.fincore.dev.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the documentation, as far as it can be run: its blocks of commands by their headings. */
record Runbook(String name, List<Block> blocks) {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path FOLDER = DOCS.resolve("operating").resolve("runbooks");
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^## (?<heading>[^\n]+)$|^```(?<language>\\w+)\n(?<body>.*?)^```$");

    /**
     * Commands to be run as they stand.
     *
     * @param language {@code sh} or {@code sql}
     */
    record Block(String heading, String language, String body) {}

    /** One of {@code docs/operating/runbooks}. */
    static Runbook read(String name) {
        return read(FOLDER.resolve(name));
    }

    static Runbook quickstart() {
        return read(DOCS.resolve("start").resolve("quickstart.md"));
    }

    private static Runbook read(Path file) {
        try {
            String name = file.getFileName().toString();
            String page = Files.readString(file);
            String[] heading = {""};
            return new Runbook(
                    name,
                    BLOCK.matcher(page)
                            .results()
                            .filter(found -> {
                                if (found.group("heading") != null) {
                                    heading[0] = found.group("heading");
                                }
                                return found.group("body") != null;
                            })
                            .map(found -> new Block(heading[0], found.group("language"), found.group("body")))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks under the headings given, in the order of the page. */
    List<Block> under(List<String> headings) {
        List<Block> found = blocks.stream()
                .filter(block -> headings.contains(block.heading()))
                .toList();
        if (!found.stream().map(Block::heading).distinct().toList().equals(headings)) {
            throw new IllegalArgumentException(name + " has commands under "
                    + blocks.stream().map(Block::heading).distinct().toList() + ", not " + headings);
        }
        return found;
    }
}
