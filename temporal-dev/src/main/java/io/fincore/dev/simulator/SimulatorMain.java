package io.fincore.dev.simulator;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulator as a process; configured by the environment variables that {@link SimulatorSettings} names. */
public final class BankSimulator {

    private static final Logger LOG = LoggerFactory.getLogger(BankSimulator.class);

    private BankSimulator() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            SimulatorSettings settings = SimulatorSettings.of(System.getenv());
            SimulatedBank bank = SimulatedBank.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(bank::close, "shutdown"));
            LOG.info("bank simulator listens on {} ({})", bank.uri(), settings);
        } catch (SimulatorStartException refused) {
            System.err.println("The bank simulator does not start: " + refused.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}
