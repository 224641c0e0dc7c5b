package io.fincore.api;

import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.repair.InterventionCause;
import io.fincore.workflows.repair.Progress;

/** What the Web UI would show, shown to nobody. */
final class FakeProgress implements Progress {

    private SagaStatus status = SagaStatus.RUNNING;
    private String step = "bank.answer";

    @Override
    public SagaStatus sagaStatus() {
        return status;
    }

    @Override
    public String step() {
        return step;
    }

    @Override
    public void taking(StepKey taken) {
        step = taken.name();
    }

    @Override
    public void note(String name, String result) {}

    @Override
    public void needsPerson(InterventionCause cause, String next) {
        status = SagaStatus.REQUIRES_MANUAL_INTERVENTION;
    }

    @Override
    public void goesOn() {
        status = SagaStatus.RUNNING;
    }
}
