package io.fincore.dev.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The platform on one machine, real parts in processes of their own. What already runs in the folder is found again; so the same
 * class starts a stack, completes a damaged one, and stops it from another process.
 */
public final class Stack {

    private static final Duration FOREIGN_STOP_WITHIN = Duration.ofSeconds(40);
    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(3);

    private final StackSettings settings;
    private final Progress progress;
    private final Secrets secrets;
    private final PostgresProcess postgres;
    private final TemporalProcess temporal;
    private final IssuerProcess issuer;
    private final SimulatorProcess simulator;
    private final WorkerProcess worker;
    private final ApiProcess api;
    private final List<Component> further = new ArrayList<>();

    public Stack(StackSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        settings.folder().prepare();
        this.secrets = Secrets.of(settings.folder());
        this.postgres = new PostgresProcess(settings, secrets);
        this.temporal = new TemporalProcess(
                settings, new TemporalBinary(settings.repository(), Executables.cache(), progress), secrets);
        this.issuer = new IssuerProcess(settings);
        this.simulator = new SimulatorProcess(settings, secrets);
        this.worker = newWorker(WorkerProcess.MODULE, settings.ports().of(Port.WORKER_MANAGEMENT));
        this.api = newApi(
                ApiProcess.MODULE,
                settings.ports().of(Port.API),
                settings.ports().of(Port.API_MANAGEMENT));
    }

    public PostgresProcess postgres() {
        return postgres;
    }

    public TemporalProcess temporal() {
        return temporal;
    }

    public IssuerProcess issuer() {
        return issuer;
    }

    public SimulatorProcess simulator() {
        return simulator;
    }

    public WorkerProcess worker() {
        return worker;
    }

    public ApiProcess api() {
        return api;
    }

    public Secrets secrets() {
        return secrets;
    }

    /** The usual six, in the order of their dependencies. */
    public List<Component> components() {
        return List.of(postgres, temporal, issuer, simulator, worker, api);
    }

    /** A further worker beside the first, not yet started; {@link #stop()} stops it too. */
    public WorkerProcess addWorker(String name) {
        WorkerProcess added = newWorker(name, Ports.anyFree());
        further.add(added);
        return added;
    }

    /** A further replica of the API beside the first, not yet started; {@link #stop()} stops it too. */
    public ApiProcess addApi(String name) {
        ApiProcess added = newApi(name, Ports.anyFree(), Ports.anyFree());
        further.add(added);
        return added;
    }

    /** Starts everything that does not run and returns when all of it is healthy. */
    public void start() {
        inParallel(this::startOn, this::giveUp);
    }

    /**
     * Starts what api and worker stand on, migrated: enough for tests of the parts.
     *
     * @throws StackException of the first part that fails
     */
    public void startBackends() {
        inParallel(
                tasks -> join(List.of(
                        startDatabase(tasks), startTemporal(tasks), start(issuer, tasks), start(simulator, tasks))),
                this::giveUp);
    }

    /** Stops api and worker first, so that they can still end what they do, then what they stand on. */
    public void stop() {
        stopForeign();
        inParallel(
                tasks -> {
                    join(Stream.concat(further.stream(), Stream.of(api, worker))
                            .map(component -> stop(component, tasks))
                            .toList());
                    join(Stream.of(simulator, issuer, temporal, postgres)
                            .map(component -> stop(component, tasks))
                            .toList());
                },
                () -> {});
    }

    /** For good: what is being started in another thread is not started, what is waited for is not waited for. */
    public void giveUp() {
        components().forEach(component -> component.giveUp(true));
    }

    private static void inParallel(Consumer<ExecutorService> work, Runnable onFailure) {
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                work.accept(tasks);
            } catch (StackException e) {
                // No interrupts: a process could be started and not yet be written down.
                onFailure.run();
                throw e;
            }
        }
    }

    private void startOn(ExecutorService tasks) {
        Set<String> running = running().keySet();
        CompletableFuture<Void> applications =
                CompletableFuture.runAsync(() -> Application.forgetEarlierBuilds(settings, running), tasks);
        CompletableFuture<Void> database = startDatabase(tasks);
        CompletableFuture<Void> orchestration = startTemporal(tasks);
        CompletableFuture<Void> bank = start(simulator, tasks);
        CompletableFuture<Void> tokens = start(issuer, tasks);
        CompletableFuture<Void> backends = CompletableFuture.allOf(database, orchestration, applications);
        join(List.of(
                database,
                orchestration,
                applications,
                bank,
                tokens,
                backends.thenRunAsync(() -> startAndAwait(worker), tasks),
                CompletableFuture.allOf(backends, tokens).thenRunAsync(() -> startAndAwait(api), tasks)));
    }

    /** Workers and replicas that another process has added in this folder. */
    private void stopForeign() {
        ProcessTable table = new ProcessTable(settings.folder());
        Set<String> own = Stream.concat(components().stream(), further.stream())
                .map(Component::name)
                .collect(Collectors.toSet());
        table.living().forEach((name, identity) -> {
            if (!own.contains(name)) {
                identity.signal("TERM");
                if (!Component.await(() -> !identity.isAlive(), FOREIGN_STOP_WITHIN)) {
                    identity.signal("KILL");
                }
                table.remove(name);
                progress.report(name, "stopped");
            }
        });
    }

    private CompletableFuture<Void> startDatabase(ExecutorService tasks) {
        return CompletableFuture.runAsync(
                () -> {
                    startAndAwait(postgres);
                    long start = System.nanoTime();
                    postgres.prepareDatabase();
                    postgres.migrate();
                    progress.report("migrations", "done as fincore_owner, " + seconds(start));
                },
                tasks);
    }

    private CompletableFuture<Void> startTemporal(ExecutorService tasks) {
        return CompletableFuture.runAsync(
                () -> {
                    startAndAwait(temporal);
                    temporal.prepareSearchAttributes();
                },
                tasks);
    }

    private CompletableFuture<Void> start(Component component, ExecutorService tasks) {
        return CompletableFuture.runAsync(() -> startAndAwait(component), tasks);
    }

    private CompletableFuture<Void> stop(Component component, ExecutorService tasks) {
        return CompletableFuture.runAsync(
                () -> {
                    if (component.isAlive()) {
                        long start = System.nanoTime();
                        component.stop();
                        progress.report(component.name(), "stopped, " + seconds(start));
                    } else {
                        component.stop();
                    }
                },
                tasks);
    }

    private void startAndAwait(Component component) {
        if (component.isAlive()) {
            component.awaitHealthy(HEALTHY_WITHIN, progress);
            progress.report(component.name(), "runs already, pid " + component.pid());
            return;
        }
        long start = System.nanoTime();
        progress.report(component.name(), "starting");
        component.start();
        component.awaitHealthy(HEALTHY_WITHIN, progress);
        progress.report(component.name(), "healthy, " + seconds(start));
    }

    private WorkerProcess newWorker(String name, int managementPort) {
        return new WorkerProcess(name, settings, backends(), managementPort);
    }

    private ApiProcess newApi(String name, int port, int managementPort) {
        return new ApiProcess(name, settings, backends(), port, managementPort);
    }

    private Backends backends() {
        return new Backends(postgres, temporal, simulator, issuer, secrets);
    }

    /** Fails as soon as one of them fails, without waiting for the others. */
    private static void join(List<CompletableFuture<Void>> tasks) {
        CompletableFuture<Void> firstFailure = new CompletableFuture<>();
        List<CompletableFuture<Void>> watched = tasks.stream()
                .map(task -> task.whenComplete((done, fault) -> {
                    if (fault != null) {
                        firstFailure.completeExceptionally(fault);
                    }
                }))
                .toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(watched.toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, firstFailure).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StackException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static String seconds(long startNanos) {
        return "%.1f s".formatted((System.nanoTime() - startNanos) / 1e9);
    }

    /** What runs in the folder, by component name. */
    public Map<String, ProcessIdentity> running() {
        return new ProcessTable(settings.folder()).living();
    }

    /** Whether anything runs in a folder. */
    public static boolean isRunning(StackFolder folder) {
        return !new ProcessTable(folder).living().isEmpty();
    }
}
