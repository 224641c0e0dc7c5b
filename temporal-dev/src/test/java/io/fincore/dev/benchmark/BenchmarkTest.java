package io.fincore.dev.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.dev.stack.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchmarkTest {

    private static final Pattern ROW = Pattern.compile("(\\S.*?) +(\\d+)( +[\\d.]+){6}");

    @Test
    void measuresPaymentsBesideTheNullWorkflow() {
        List<String> lines = new ArrayList<>();

        new Benchmark(Benchmark.SMOKE_COUNT, lines::add).run(Progress.silent());

        assertThat(lines)
                .extracting(BenchmarkTest::subject)
                .containsSubsequence(
                        "null workflow 1",
                        "payment 1",
                        "payment over HTTP 1",
                        "payment / null 1",
                        "payment over HTTP / null 1",
                        "null workflow 16",
                        "payment 16",
                        "payment over HTTP 16",
                        "payment / null 16",
                        "payment over HTTP / null 16");
    }

    /** Name and number of clients, without the figures. */
    private static String subject(String row) {
        Matcher matcher = ROW.matcher(row);
        return matcher.matches() ? matcher.group(1) + " " + matcher.group(2) : row;
    }
}
