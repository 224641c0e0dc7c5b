package io.fincore.dev.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A table of {@code docs/using/test-data.md}.
 *
 * @param rows cells as they stand on the page, with their backticks; at least one row, all of the same length
 */
record PageTable(List<List<String>> rows) {

    private static final Path PAGE = Path.of("..", "docs", "using", "test-data.md");

    /** @param header begin of the row with the headings, which only this table has */
    static PageTable under(String header) {
        try {
            List<List<String>> lines = Files.readAllLines(PAGE).stream()
                    .dropWhile(line -> !line.startsWith(header))
                    .takeWhile(line -> line.startsWith("|"))
                    .map(PageTable::cells)
                    .toList();
            return new PageTable(lines.subList(2, lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something as it stands in a cell; nothing leaves it empty. */
    static String code(Object... values) {
        return String.join(
                " ", Arrays.stream(values).map(value -> "`" + value + "`").toList());
    }

    /** What stands in a cell between backticks. */
    static String value(String cell) {
        return cell.replace("`", "");
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
    }
}
