package io.fincore.dev.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

    @Test
    void tellsALivingProcessFromOneThatHasEnded() throws Exception {
        Process process = sleeping();
        ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();
        assertThat(identity.isAlive()).isTrue();

        identity.signal("KILL");
        process.waitFor();

        assertThat(identity.isAlive()).isFalse();
        assertThat(ProcessIdentity.of(process.pid())).isEmpty();
    }

    @Test
    void leavesALaterProcessOfTheSameNumberAlone() throws Exception {
        Process process = sleeping();
        ProcessIdentity actual = ProcessIdentity.of(process.pid()).orElseThrow();
        ProcessIdentity earlier = new ProcessIdentity(process.pid(), "1" + actual.started());

        earlier.signal("KILL");

        assertThat(earlier.isAlive()).isFalse();
        assertThat(actual.isAlive()).isTrue();
        assertThat(process.isAlive()).isTrue();
        actual.signal("KILL");
        process.waitFor();
    }

    private static Process sleeping() throws IOException {
        return new ProcessBuilder("sleep", "60").start();
    }
}
