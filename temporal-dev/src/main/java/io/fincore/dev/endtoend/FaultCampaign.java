package io.fincore.dev.endtoend;

import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.workflows.SagaKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;

/**
 * Payments over all behaviours of the bank, ordered by patient clients, and reviews, refunds and activations beside them, while one
 * process after the other is killed or paused. A wave of them goes before each fault, so that each meets sagas in all stages.
 */
final class FaultCampaign {

    private static final int PAYERS = 4;
    private static final long DEPOSIT = 100_000_000;
    private static final int LARGEST_AMOUNT = 10_000;
    private static final int LATEST_STRIKE_MILLIS = 1_500;

    /** Clients do not all come at once: some come while something is down. */
    private static final int LATEST_ORDER_MILLIS = 4_000;

    private static final Duration FIRST_ANSWER_WITHIN = Duration.ofMinutes(2);

    /** The longest way: an order that got lost, two inquiries, an open circuit in between, and the timeouts of who died. */
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);

    private final Stack stack;
    private final CampaignPlan plan;
    private final Progress progress;
    private final Random random;
    private final People people;
    private final List<OrderedPayment> ordered = new ArrayList<>();
    private final List<Walk> walks = new ArrayList<>();

    /** @param stack healthy, and without payments */
    FaultCampaign(Stack stack, CampaignPlan plan, Progress progress) {
        this.stack = stack;
        this.plan = plan;
        this.progress = progress;
        this.random = new Random(plan.seed());
        this.people = new People(stack);
    }

    private record OrderedPayment(Payer payer, Payer.Order order, CompletableFuture<Answer> answer) {

        boolean isAnswered() {
            return answer.isDone();
        }
    }

    CampaignReport run() {
        long start = System.nanoTime();
        report("%d payments, %d journeys, seed %d".formatted(plan.payments(), plan.journeys(), plan.seed()));
        PatientClient client = new PatientClient(stack, "campaign");
        List<Payer> payers = IntStream.range(0, PAYERS)
                .mapToObj(number -> Payer.withDeposit(client, DEPOSIT))
                .toList();
        Audit audit = new Audit(stack);
        List<CampaignReport.Strike> strikes = Crowd.play(clients -> strikeAll(payers, clients, audit));
        List<String> violations = new ArrayList<>();
        ordered.forEach(payment -> refusal(payment).ifPresent(violations::add));
        walks.forEach(walk -> walk.violation().ifPresent(violations::add));
        audit.awaitQuiet(QUIET_WITHIN);
        violations.addAll(audit.violations());
        checkNumber(audit, violations);
        repeatAll(violations);
        return new CampaignReport(
                plan,
                strikes,
                audit.paymentsByStatus(),
                client.repetitions(),
                audit.callbacks(),
                audit.events(),
                violations,
                since(start));
    }

    private List<CampaignReport.Strike> strikeAll(List<Payer> payers, ExecutorService clients, Audit audit) {
        List<Fault> faults = Fault.of(stack, plan);
        Collections.shuffle(faults, random);
        List<CampaignReport.Strike> strikes = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            int stillToOrder = plan.payments() - ordered.size();
            walk((plan.journeys() - walks.size()) / (faults.size() - i), clients);
            order(stillToOrder / (faults.size() - i), payers, clients);
            Waiting.pause(Duration.ofMillis(random.nextInt(LATEST_STRIKE_MILLIS)));
            long open = audit.openPayments();
            report(fault + ", " + open + " payments are open");
            long struck = System.nanoTime();
            fault.strike();
            strikes.add(new CampaignReport.Strike(fault.toString(), open, since(struck)));
        }
        report("all faults are over; waiting for the clients' answers, then for quiet");
        return strikes;
    }

    /** Sets people out on journeys, one after the other of those that there are. */
    private void walk(int count, ExecutorService clients) {
        List<Journey> journeys = Journey.withoutRepair();
        for (int i = 0; i < count; i++) {
            Journey journey = journeys.get(walks.size() % journeys.size());
            walks.add(Walk.start(
                    journey, () -> journey.prepare(people, nothing -> {}).get(), clients));
        }
    }

    /** An order that was repeated is still one payment. */
    private void checkNumber(Audit audit, List<String> violations) {
        long made = audit.paymentsByStatus().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long wanted = ordered.size()
                + walks.stream()
                        .filter(walk -> walk.journey().saga() != SagaKind.ACCOUNT_ACTIVATION)
                        .count();
        if (made != wanted) {
            violations.add(made + " payments were made, " + wanted + " were ordered");
        }
    }

    /** Orders payments, the behaviours of the bank in turn, and returns when the first of them is answered. */
    private void order(int count, List<Payer> payers, ExecutorService clients) {
        List<OrderedPayment> wave = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<BankBehaviour> behaviours = BankBehaviour.withoutOperator();
            BankBehaviour behaviour = behaviours.get((ordered.size() + i) % behaviours.size());
            Payer payer = payers.get(random.nextInt(payers.size()));
            Payer.Order order = payer.order(1 + random.nextInt(LARGEST_AMOUNT), behaviour);
            Duration delay = Duration.ofMillis(i == 0 ? 0 : random.nextInt(LATEST_ORDER_MILLIS));
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(
                    () -> {
                        Waiting.pause(delay);
                        return payer.pay(order);
                    },
                    clients);
            wave.add(new OrderedPayment(payer, order, answer));
        }
        ordered.addAll(wave);
        if (!wave.isEmpty()
                && !Waiting.until(FIRST_ANSWER_WITHIN, () -> wave.stream().anyMatch(OrderedPayment::isAnswered))) {
            throw new StackException("None of " + count + " payments was answered.");
        }
    }

    /** Waits for the answer, however often the client has to repeat. */
    private static Optional<String> refusal(OrderedPayment payment) {
        try {
            Answer answer = payment.answer().join();
            return answer.status() == 202
                    ? Optional.empty()
                    : Optional.of(payment.order() + " was answered " + answer.status() + " " + answer.body());
        } catch (CompletionException e) {
            return Optional.of(payment.order() + " was never answered: " + e.getCause());
        }
    }

    /** The same orders once more: each is answered as it was, byte for byte, and none becomes a second payment. */
    private void repeatAll(List<String> violations) {
        for (OrderedPayment payment : ordered) {
            if (!payment.answer().isCompletedExceptionally()) {
                Answer first = payment.answer().join();
                Answer again = payment.payer().pay(payment.order());
                if (!again.isReplayed() || !again.body().equals(first.body())) {
                    violations.add(payment.order() + " was answered " + first.body() + ", later " + again.body());
                }
            }
        }
    }

    private void report(String message) {
        progress.report("campaign", message);
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
