package io.fincore.workflows.repair;

import io.fincore.workflows.SagaAttributes;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people see of a running saga in the Web UI: headline, next action, the steps so far. Decides nothing. */
public final class SagaView implements Progress {

    private final List<String> rows = new ArrayList<>();
    private final List<SearchAttributeUpdate<?>> lasting;
    private boolean lastingShown;
    private boolean causeShown;
    private SagaStatus status = SagaStatus.RUNNING;
    private String headline;
    private String step;
    private String next = "the first steps";
    private @Nullable Shown beforePerson;

    /**
     * @param headline what the saga is about, in Markdown, without personal data
     * @param firstStep name of the step that is taken first
     * @param lasting search attributes that never change
     */
    public SagaView(String headline, String firstStep, List<SearchAttributeUpdate<?>> lasting) {
        this.headline = headline;
        this.step = firstStep;
        this.lasting = List.copyOf(lasting);
    }

    /**
     * Shows what stands in the database now.
     *
     * @param changed search attributes of this saga alone
     */
    public void reached(
            String newHeadline, SagaStatus saga, String whatComesNext, SearchAttributeUpdate<?>... changed) {
        beforePerson = null;
        headline = newHeadline;
        status = saga;
        next = whatComesNext;
        List<SearchAttributeUpdate<?>> updates = new ArrayList<>(List.of(changed));
        updates.add(SagaAttributes.SAGA_STATUS.valueSet(saga.name()));
        if (!lastingShown) {
            lastingShown = true;
            updates.addAll(lasting);
        }
        if (causeShown) {
            causeShown = false;
            updates.add(SagaAttributes.INTERVENTION_CAUSE.valueUnset());
        }
        Workflow.upsertTypedSearchAttributes(updates.toArray(SearchAttributeUpdate<?>[]::new));
        show();
    }

    @Override
    public SagaStatus sagaStatus() {
        return status;
    }

    @Override
    public String step() {
        return step;
    }

    /** In words, what has to happen next. */
    public String next() {
        return next;
    }

    @Override
    public void taking(StepKey taken) {
        step = taken.name();
    }

    @Override
    public void note(String name, String result) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis()).truncatedTo(ChronoUnit.MILLIS);
        rows.add("| " + now + " | `" + name + "` | " + result + " |");
        show();
    }

    @Override
    public void needsPerson(InterventionCause cause, String whatIsPossible) {
        needsPerson(headline, cause, whatIsPossible);
    }

    /** Shows that the saga waits for a person, and with it a change of the saga's own. */
    public void needsPerson(
            String newHeadline, InterventionCause cause, String whatIsPossible, SearchAttributeUpdate<?>... changed) {
        @Nullable
        Shown before =
                status == SagaStatus.REQUIRES_MANUAL_INTERVENTION ? beforePerson : new Shown(headline, status, next);
        causeShown = false;
        reached(newHeadline, SagaStatus.REQUIRES_MANUAL_INTERVENTION, whatIsPossible, changed);
        beforePerson = before;
        Workflow.upsertTypedSearchAttributes(SagaAttributes.INTERVENTION_CAUSE.valueSet(cause.code()));
        causeShown = true;
    }

    @Override
    public void goesOn() {
        goesOn(new SearchAttributeUpdate<?>[0]);
    }

    /** Shows that the saga goes on, and with it a change of the saga's own. */
    public void goesOn(SearchAttributeUpdate<?>... changed) {
        if (beforePerson != null) {
            reached(beforePerson.headline, beforePerson.status, beforePerson.next, changed);
        }
    }

    private record Shown(String headline, SagaStatus status, String next) {}

    private void show() {
        Workflow.setCurrentDetails(headline + "\n\nNext: " + next + "\n\n| when | step | result |\n|---|---|---|\n"
                + String.join("\n", rows));
    }
}
