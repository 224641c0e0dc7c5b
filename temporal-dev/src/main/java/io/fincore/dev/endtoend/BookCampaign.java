package io.fincore.dev.endtoend;

import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.ledger.Book;
import io.fincore.postgres.DatabaseRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Clients move money between a few wallets over HTTP while PostgreSQL is killed with all its processes, and repeat what was not answered.
 * Then every answer is compared with the book: what was acknowledged is there as it was told, and nothing else is.
 */
final class BookCampaign {

    /** Few, so that the orders contend for them. */
    private static final int WALLETS = 6;

    /** Little enough for some orders to be refused. */
    private static final long DEPOSIT = 5_000;

    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(3);
    private static final Duration WORKS_AGAIN_WITHIN = Duration.ofMinutes(2);

    private final Stack stack;
    private final BookPlan plan;
    private final Progress progress;
    private final PatientClient client;
    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private int kills;

    /** @param stack of which PostgreSQL, the issuer and a ready API are needed */
    BookCampaign(Stack stack, BookPlan plan, Progress progress) {
        this.stack = stack;
        this.plan = plan;
        this.progress = progress;
        this.client = new PatientClient(stack, "book");
    }

    private record Answered(BookOrder order, Answer answer) {

        List<BookLeg> legs() {
            return order.legs(answer);
        }
    }

    BookReport run() {
        long start = System.nanoTime();
        List<String> wallets = wallets();
        Crowd.play(threads -> killUnderLoad(wallets, threads)).forEach(BookCampaign::requireEnd);
        return new BookReport(
                plan,
                kills,
                answered.stream()
                        .collect(Collectors.groupingBy(
                                each -> each.answer().status() + " "
                                        + (each.answer().status() == 201
                                                ? each.answer().text("object")
                                                : each.answer().text("code")),
                                Collectors.counting())),
                answered.stream()
                        .filter(each ->
                                each.answer().isReplayed() && !each.legs().isEmpty())
                        .count(),
                client.repetitions(),
                violations(wallets),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** @return the clients, who have been told that it is over */
    private List<Future<?>> killUnderLoad(List<String> wallets, ExecutorService threads) {
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < BookPlan.CLIENTS; i++) {
            Random random = new Random(plan.seed() + i);
            clients.add(threads.submit(() -> orderUntilOver(wallets, random)));
        }
        while (kills < plan.kills()) {
            awaitAnswers(clients);
            progress.report("campaign", "kill -9 of PostgreSQL after %d answers".formatted(answered.size()));
            stack.postgres().killAll();
            stack.postgres().start();
            stack.postgres().awaitHealthy(WORKS_AGAIN_WITHIN);
            kills++;
        }
        awaitAnswers(clients);
        over = true;
        return clients;
    }

    private List<String> wallets() {
        List<String> wallets = Stream.generate(this::wallet).limit(WALLETS).toList();
        wallets.forEach(wallet -> order(BookOrder.deposit(wallet, DEPOSIT)));
        return wallets;
    }

    /** Activated as the saga would: who checks customers is no part of this. */
    private String wallet() {
        String customer = client.created("/v1/customers", Map.of("name", "Ada Example", "email", "ada@example.com"))
                .id();
        String wallet = client.created("/v1/wallets", Map.of("customer", customer, "currency", "EUR"))
                .id();
        JdbcClient.create(stack.postgres().as(DatabaseRole.WORKER))
                .sql("SELECT ledger.activate_wallet(?)")
                .param(wallet)
                .query((row, number) -> true)
                .single();
        return wallet;
    }

    private void orderUntilOver(List<String> wallets, Random random) {
        while (!over) {
            order(BookOrder.any(wallets, random));
        }
    }

    private void order(BookOrder order) {
        answered.add(new Answered(order, client.post(order.path(), order.body(), order.key(), Map.of())));
    }

    /** Returns in the midst of orders, when enough more of them are answered. */
    private void awaitAnswers(List<Future<?>> clients) {
        int before = answered.size();
        if (!Waiting.until(
                ANSWERS_WITHIN,
                () -> answered.size() >= before + plan.ordersBetween()
                        || clients.stream().anyMatch(Future::isDone))) {
            throw new StackException("Only %d orders were answered in %d minutes."
                    .formatted(answered.size() - before, ANSWERS_WITHIN.toMinutes()));
        }
    }

    private static void requireEnd(Future<?> client) {
        try {
            client.get();
        } catch (ExecutionException e) {
            throw new StackException("A client of the campaign failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted during the campaign.", e);
        }
    }

    private List<String> violations(List<String> wallets) {
        progress.report(
                "campaign",
                "all kills are over; comparing %d answers with the book, and asking for each once more"
                        .formatted(answered.size()));
        List<String> violations = new ArrayList<>();
        List<BookLeg> book = book(wallets);
        compareWithAnswers(book, violations);
        wallets.forEach(wallet -> followHistory(wallet, book, violations));
        new Book(stack.postgres().asSuperuser())
                .discrepancies()
                .forEach(discrepancy -> violations.add("the book is not sound: " + discrepancy));
        for (Answered each : answered) {
            Answer again = client.post(
                    each.order().path(), each.order().body(), each.order().key(), Map.of());
            if (!again.isReplayed() || !again.body().equals(each.answer().body())) {
                violations.add(each.order() + " was answered " + each.answer() + ", later " + again);
            }
        }
        if (!book(wallets).equals(book)) {
            violations.add("repeated orders were booked once more");
        }
        return violations;
    }

    /** Every leg that a client was told of is in the book, once and as told; every one in the book was told to a client. */
    private void compareWithAnswers(List<BookLeg> book, List<String> violations) {
        Set<BookLeg> told = new HashSet<>();
        for (Answered each : answered) {
            for (BookLeg leg : each.legs()) {
                if (!told.add(leg)) {
                    violations.add(leg + " was told to two clients");
                }
            }
            if (each.answer().status() != 201 && !each.answer().text("code").equals("insufficient_funds")) {
                violations.add(each.order() + " was answered " + each.answer());
            }
        }
        Set<BookLeg> booked = new LinkedHashSet<>(book);
        told.stream()
                .filter(leg -> !booked.contains(leg))
                .forEach(leg -> violations.add(leg + " was acknowledged, but does not stand so in the book"));
        booked.stream()
                .filter(leg -> !told.contains(leg))
                .forEach(leg -> violations.add(leg + " is in the book, but nobody was told"));
    }

    /** The balances that clients were told form one history, which ends at what the API answers now. */
    private void followHistory(String wallet, List<BookLeg> book, List<String> violations) {
        Map<String, BookLeg> told = answered.stream()
                .flatMap(each -> each.legs().stream())
                .filter(leg -> leg.wallet().equals(wallet))
                .collect(Collectors.toMap(BookLeg::transaction, Function.identity(), (one, other) -> one));
        long balance = 0;
        for (BookLeg booked : book) {
            BookLeg leg = told.get(booked.transaction());
            if (booked.wallet().equals(wallet) && leg != null) {
                if (leg.before() != balance) {
                    violations.add(leg + " does not begin where the one before it ended: " + balance);
                }
                balance += leg.side().equals("credit") ? leg.amount() : -leg.amount();
                if (leg.after() != balance) {
                    violations.add(leg + " does not end at " + balance);
                }
            }
        }
        long now = client.get("/v1/wallets/" + wallet + "/balance")
                .body()
                .path("balance")
                .path("amount")
                .asLong();
        if (now != balance) {
            violations.add(wallet + " holds " + now + ", by what clients were told " + balance);
        }
    }

    /** The wallets' legs in the order of each wallet's history. */
    private List<BookLeg> book(List<String> wallets) {
        return JdbcClient.create(stack.postgres().asSuperuser())
                .sql("""
                SELECT w.id AS wallet, e.transaction_id AS transaction, e.side::text, e.amount,
                       e.balance_after - CASE e.side WHEN 'credit' THEN e.amount ELSE -e.amount END AS before,
                       e.balance_after AS after
                  FROM ledger.wallet w JOIN ledger.entry e ON e.account_id = w.account_id
                 WHERE w.id = ANY (?) ORDER BY w.id, e.seq""")
                .param(wallets.toArray(String[]::new))
                .query(BookLeg.class)
                .list();
    }
}
