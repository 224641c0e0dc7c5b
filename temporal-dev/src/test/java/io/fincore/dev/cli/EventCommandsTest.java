package io.fincore.dev.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventCommandsTest {

    private final FakeEvents events = new FakeEvents();

    @AfterEach
    void close() {
        events.close();
    }

    /** Ids are made before the commit: one may come to light after a higher one. */
    @Test
    void printsWhatIsCommittedAfterALaterEvent() {
        events.commit(1, 40);
        events.commitLater(50);
        events.commitLater(45, 55);
        events.commitLater(60);
        events.commitLater(35, 65);
        // So that it ends for who has missed some.
        events.commitLater(70, 71);

        assertThat(listen(6))
                .containsExactly(
                        FakeEvents.id(50),
                        FakeEvents.id(45),
                        FakeEvents.id(55),
                        FakeEvents.id(60),
                        FakeEvents.id(35),
                        FakeEvents.id(65));
    }

    @Test
    void printsEachOnceHoweverManyThereAre() {
        events.commitLater(IntStream.rangeClosed(1, 250).boxed().toArray(Integer[]::new));
        events.commitLater(251);

        assertThat(listen(251))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 251).mapToObj(FakeEvents::id).toList());
    }

    private List<String> listen(int count) {
        StringWriter output = new StringWriter();
        int code = Fincore.commandLine()
                .setOut(new PrintWriter(output))
                .execute(
                        "events",
                        "listen",
                        "--api",
                        events.url(),
                        "--token",
                        "any",
                        "--count",
                        Integer.toString(count));

        assertThat(code).isZero();
        assertThat(output.toString()).startsWith("listening");
        return Pattern.compile("evt_\\w+")
                .matcher(output.toString())
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
