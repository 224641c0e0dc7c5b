package io.fincore.api.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the mistakes instead of a stack trace. */
final class InvalidSettingsAnalyzer extends AbstractFailureAnalyzer<InvalidSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, InvalidSettingsException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Correct them all; each can be set by an environment variable, such as FINCORE_DATABASE_URL.",
                cause);
    }
}
