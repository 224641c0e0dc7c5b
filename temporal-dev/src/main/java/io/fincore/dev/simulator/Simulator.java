package io.fincore.dev.simulator;

import com.sun.net.httpserver.HttpServer;
import io.fincore.dev.simulator.CallbackSender.Recipient;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running providers: a bank, a KYC provider and a provider of notifications, on one port and with one book. Closed and started again
 * on the same data folder, they know everything they knew and owe every callback they owed.
 */
public final class Simulator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

    static {
        // Read once, when the first server is made. Without it, head and body of an answer wait 40 ms for each other.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Seconds; longer than the 30 s for which the JDK's client keeps a connection, so that no request meets a
        // closing one.
        System.setProperty("sun.net.httpserver.idleInterval", "120");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final CallbackSender callbacks;
    private final Book book;

    private Simulator(HttpServer server, ExecutorService threads, CallbackSender callbacks, Book book) {
        this.server = server;
        this.threads = threads;
        this.callbacks = callbacks;
        this.book = book;
    }

    /** @throws SimulatorStartException if the port is taken or the data folder cannot be used */
    public static Simulator start(SimulatorSettings settings) {
        HttpServer server = bind(settings.port());
        try {
            return start(settings, server);
        } catch (RuntimeException failed) {
            server.stop(0);
            throw failed;
        }
    }

    /** Where the providers listen. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stops without waiting for anything: what is not done stands in the journal. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        callbacks.close();
        book.close();
    }

    private static Simulator start(SimulatorSettings settings, HttpServer server) {
        Clock clock = Clock.systemUTC();
        Book book = new Book(Journal.open(settings.data()));
        LOG.info("{} orders in the book", book.all().size());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        CallbackSender callbacks = new CallbackSender(
                book,
                new Recipient(settings.callbackUrl(), WebhookSecret.parse(settings.callbackSecret())),
                new Recipient(settings.kycCallbackUrl(), WebhookSecret.parse(settings.kycCallbackSecret())),
                threads,
                clock);
        Desk desk = new Desk(book, callbacks, threads, clock);
        Reception reception = new Reception(desk);
        new BankCounter(reception, book, clock).open(server);
        new KycCounter(reception, book).open(server);
        new NotificationCounter(reception, book).open(server);
        new InformationCounter().open(server);
        server.setExecutor(threads);
        BankMessages.warmUp();
        desk.resume();
        server.start();
        return new Simulator(server, threads, callbacks, book);
    }

    private static HttpServer bind(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException taken) {
            throw new SimulatorStartException(
                    "port " + port + " is taken; free it or choose another " + SimulatorSettings.PORT, taken);
        } catch (IOException failed) {
            throw new SimulatorStartException("cannot listen on port " + port + ": " + failed, failed);
        }
    }
}
