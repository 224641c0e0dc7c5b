package io.fincore.dev.launcher;

import io.fincore.dev.stack.Port;
import io.fincore.dev.stack.Ports;
import io.fincore.dev.stack.Stack;

/** Where to look next. */
final class Links {

    private final Stack stack;
    private final Ports ports;

    Links(Stack stack, Ports ports) {
        this.stack = stack;
        this.ports = ports;
    }

    void print(Console console) {
        console.say("""

                API             http://localhost:%d/v1
                Temporal Web UI %s
                  its payloads are encrypted; to read them there: http://localhost:%d/v1/admin/codec/sign-in
                health          http://localhost:%d/actuator/health (api), http://localhost:%d/actuator/health (worker)
                simulator       http://localhost:%d/book (bank), /kyc/checks, /notifications
                a token         temporal-dev/token --scope "payments:read payments:write"
                """.formatted(
                        ports.of(Port.API),
                        stack.temporal().uiLink(),
                        ports.of(Port.API),
                        ports.of(Port.API_MANAGEMENT),
                        ports.of(Port.WORKER_MANAGEMENT),
                        ports.of(Port.SIMULATOR)));
    }
}
