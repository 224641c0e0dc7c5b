package io.fincore.dev.endtoend;

import java.util.List;

/**
 * What the fuzzer has seen.
 *
 * @param output what it printed, failures with the requests that lead to them
 * @param requests how many it made
 * @param exitCode 0 if it found nothing
 */
record FuzzReport(FuzzPlan plan, String output, int requests, int exitCode) implements OwnStack.Report {

    @Override
    public String table() {
        return output
                + "\nseed %d, %d requests, exit code %d%n".formatted(plan.seed(), requests, exitCode)
                + String.join("\n", violations());
    }

    @Override
    public List<String> violations() {
        if (exitCode != 0) {
            return List.of("The API does not do what its description says, see above.");
        }
        return requests < plan.leastRequests()
                ? List.of("Only %d requests were made, %d are the least.".formatted(requests, plan.leastRequests()))
                : List.of();
    }
}
