package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.dev.stack.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs what a page tells people to run. */
final class Shell {

    private Shell() {}

    /**
     * Runs commands in the root of the repository, as people do.
     *
     * @return what they print
     */
    static String run(String commands, Map<String, String> environment) {
        ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                .directory(Repository.root().toFile())
                .redirectErrorStream(true);
        shell.environment().putAll(environment);
        try {
            Process process = shell.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(commands + "\n" + output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
