package io.fincore.workflows.bank;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the bank has said so far, by whichever channel. The first final answer counts; later ones are only compared with it. */
public final class BankAnswers {

    private final Set<String> seenEventIds = new HashSet<>();
    private final Queue<BankAnswer> contradictions = new ArrayDeque<>();
    private @Nullable BankAnswer decisive;

    /** Takes a callback; one with an event id seen before is ignored. */
    public void reported(BankReport report) {
        if (seenEventIds.add(report.eventId())) {
            offer(report.answer());
        }
    }

    void offer(BankAnswer answer) {
        if (!answer.isFinal()) {
            return;
        }
        if (decisive == null) {
            decisive = answer;
        } else if (!decisive.getClass().equals(answer.getClass())) {
            contradictions.add(answer);
        }
    }

    /** The first final answer, null until there is one. */
    @Nullable
    BankAnswer decisive() {
        return decisive;
    }

    /** The next final answer that says something else than the decisive one, null if there is none left. */
    @Nullable
    BankAnswer nextContradiction() {
        return contradictions.poll();
    }
}
