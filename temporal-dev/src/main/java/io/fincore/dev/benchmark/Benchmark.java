package io.fincore.dev.benchmark;

import io.fincore.dev.demo.ApiClient;
import io.fincore.dev.payments.Payer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.TemporaryStack;
import io.fincore.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Entry point of {@code temporal-dev/benchmark}: payments and workflows of their shape that do nothing, one after the other on the
 * same servers, so that their ratio is worth something on any machine.
 */
public final class Benchmark {

    /** Enough to see that everything runs; the figures mean nothing. */
    static final int SMOKE_COUNT = 2;

    private static final int DEFAULT_COUNT = 200;
    private static final List<Integer> CLIENTS = List.of(1, 16);
    private static final Money FUNDS = Money.of(100_000_00, "EUR");

    private final int count;
    private final Consumer<String> out;

    /** @param count of payments in each cell of the table */
    Benchmark(int count, Consumer<String> out) {
        this.count = count;
        this.out = out;
    }

    /** @param arguments none, {@code --smoke} for a run that measures nothing, or {@code --payments} and a number */
    public static void main(String[] arguments) {
        System.exit(BenchmarkCommand.run(
                "benchmark", progress -> new Benchmark(count(List.of(arguments)), System.out::println).run(progress)));
    }

    private static int count(List<String> arguments) {
        if (arguments.isEmpty()) {
            return DEFAULT_COUNT;
        }
        if (arguments.equals(List.of("--smoke"))) {
            return SMOKE_COUNT;
        }
        if (arguments.size() == 2
                && arguments.getFirst().equals("--payments")
                && arguments.getLast().matches("[1-9]\\d{0,4}")) {
            return Integer.parseInt(arguments.getLast());
        }
        throw new StackException("usage: temporal-dev/benchmark [--smoke | --payments NUMBER]");
    }

    void run(Progress progress) {
        try (TemporaryStack temporary = new TemporaryStack(Map.of(), progress)) {
            Stack stack = temporary.stack();
            stack.start();
            measure(stack);
        }
    }

    private void measure(Stack stack) {
        int mostClients = CLIENTS.stream().max(Integer::compare).orElseThrow();
        try (TemporalPayments payments = new TemporalPayments(stack.temporal());
                NullWorkerProcess worker = new NullWorkerProcess(
                        stack.temporal().target(), stack.secrets().payloadKeys())) {
            Subject nothing = worker.subject(payments.client());
            List<Subject> others = List.of(
                    new PaymentSubject(payments, payers(stack, mostClients)),
                    HttpSubject.with(
                            new ApiClient(stack.api().url(), stack.issuer().tokenEndpoint(), Payer.PRINCIPAL, "demo"),
                            payers(stack, mostClients)));
            Load load = new Load(payments.client());
            Stream.concat(Stream.of(nothing), others.stream())
                    .forEach(subject -> load.run(subject, mostClients, count));
            out.accept(count + " in each row after as many to warm up\n");
            out.accept(Cell.HEADER);
            for (int clients : CLIENTS) {
                List<String> ratios = new ArrayList<>();
                Cell base = load.run(nothing, clients, count);
                out.accept(base.row());
                for (Subject subject : others) {
                    Cell cell = load.run(subject, clients, count);
                    out.accept(cell.row());
                    ratios.add(cell.ratioRow(base));
                }
                ratios.forEach(out);
            }
        }
    }

    private static List<Payer> payers(Stack stack, int count) {
        return Stream.generate(() -> Payer.with(FUNDS, stack.postgres()))
                .limit(count)
                .toList();
    }
}
