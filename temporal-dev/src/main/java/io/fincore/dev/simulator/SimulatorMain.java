package io.fincore.dev.simulator;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulator as a process; configured by the environment variables that {@link SimulatorSettings} names. */
public final class SimulatorMain {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorMain.class);

    private SimulatorMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            SimulatorSettings settings = SimulatorSettings.of(System.getenv());
            Simulator simulator = Simulator.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "shutdown"));
            LOG.info("simulator listens on {} ({})", simulator.uri(), settings);
        } catch (SimulatorStartException refused) {
            System.err.println("The simulator does not start: " + refused.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}
