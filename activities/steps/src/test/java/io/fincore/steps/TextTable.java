package io.fincore.steps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A table as it is drawn in a text block: columns between bars, the headings in the first line. */
record TextTable(List<String> headings, List<Row> rows) {

    static TextTable parse(String drawn) {
        List<List<String>> lines = drawn.lines().map(TextTable::columns).toList();
        List<String> headings = lines.getFirst();
        return new TextTable(
                headings,
                lines.stream().skip(1).map(line -> row(headings, line)).toList());
    }

    private static Row row(List<String> headings, List<String> line) {
        if (line.size() != headings.size()) {
            throw new IllegalArgumentException(line + " does not fit " + headings);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < headings.size(); i++) {
            values.put(headings.get(i), line.get(i));
        }
        return new Row(values);
    }

    private static List<String> columns(String line) {
        return Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    }

    record Row(Map<String, String> values) {

        String get(String heading) {
            return Objects.requireNonNull(values.get(heading), heading);
        }

        /** All values but one, by their headings. */
        Map<String, String> without(String heading) {
            Map<String, String> others = new LinkedHashMap<>(values);
            others.remove(heading);
            return others;
        }
    }
}
