package io.fincore.dev.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Entry point of {@code temporal-dev/fincore}. */
@Command(
        name = "fincore",
        description = "Payments, events and sagas on the command line.",
        mixinStandardHelpOptions = true,
        subcommands = {PaymentCommands.class, EventCommands.class, SagaCommands.class})
public final class Fincore {

    @Option(
            names = "--api",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:FINCORE_API:-http://127.0.0.1:8080}",
            description = "the API's address (FINCORE_API), ${DEFAULT-VALUE}")
    private String api = "";

    @Option(
            names = "--token",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:FINCORE_TOKEN}",
            description = "a bearer token (FINCORE_TOKEN); by default one of the running stack's issuer")
    private Optional<String> token = Optional.empty();

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Fincore()).setExecutionExceptionHandler((thrown, command, parsed) -> {
            if (!(thrown instanceof CliException)) {
                throw thrown;
            }
            command.getErr().println(thrown.getMessage());
            return 1;
        });
    }

    Client client() {
        return new Client(
                api,
                token.filter(given -> !given.isBlank())
                        .orElseThrow(() -> new CliException(
                                "There is no token: start the stack (temporal-dev/up), or set FINCORE_TOKEN.")));
    }
}
