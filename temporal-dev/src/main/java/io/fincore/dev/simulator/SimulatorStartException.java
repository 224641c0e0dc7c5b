package io.fincore.dev.simulator;

/** Why the simulator cannot start, in words for whoever started it. */
public final class SimulatorStartException extends RuntimeException {

    SimulatorStartException(String message) {
        super(message);
    }

    SimulatorStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
