package io.fincore.dev.stack;

/** Is told what happens, from several threads. */
@FunctionalInterface
public interface Progress {

    void report(String component, String message);

    static Progress silent() {
        return (component, message) -> {};
    }
}
