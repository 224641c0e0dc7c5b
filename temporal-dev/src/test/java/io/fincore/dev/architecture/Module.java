package io.fincore.dev.architecture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The modules of FinCore, which others each may know, and why no more. */
enum Module {
    MONEY("it is the kernel that all others share"),
    POSTGRES("it makes and migrates databases, whatever they hold"),
    AUDIT("what it records is rows of others, and it shall hold whatever they are"),
    OUTBOX("an event is bytes to it"),
    CUSTOMERS("a library is read, tested and measured alone"),
    LEDGER("a library is read, tested and measured alone"),
    DECISION("a library is read, tested and measured alone"),
    PROVIDERS("a library is read, tested and measured alone"),
    WORKFLOWS("it is the contract between those who start payments and those who carry them out"),
    STEPS("it joins the libraries to Temporal, and nobody who takes steps serves requests"),
    API("an API process must not be able to take a step, ask the bank or decide: that is the worker's, under a saga"),
    WORKER("it only puts the fleet together: the steps, the bank they call, the relays of events and of expired holds"),
    DEV("it is the whole platform on one machine");

    private final String because;

    Module(String because) {
        this.because = because;
    }

    String because() {
        return because;
    }

    private Set<Module> known() {
        return switch (this) {
            case MONEY, POSTGRES, AUDIT -> Set.of();
            case OUTBOX, PROVIDERS, WORKFLOWS -> Set.of(MONEY);
            case CUSTOMERS, LEDGER, DECISION -> Set.of(MONEY, AUDIT, OUTBOX);
            case STEPS -> Set.of(MONEY, AUDIT, OUTBOX, CUSTOMERS, LEDGER, DECISION, PROVIDERS, WORKFLOWS);
            case API -> Set.of(MONEY, AUDIT, OUTBOX, CUSTOMERS, LEDGER, WORKFLOWS);
            case WORKER -> Set.of(AUDIT, OUTBOX, LEDGER, PROVIDERS, WORKFLOWS, STEPS);
            case DEV -> Set.of(values());
        };
    }

    /** As ArchUnit writes a package and all below it. */
    String packages() {
        return "io.fincore." + name().toLowerCase(Locale.ROOT) + "..";
    }

    /** Packages of all modules that this one must not know. */
    String[] foreignPackages() {
        return Arrays.stream(values())
                .filter(other -> other != this && !known().contains(other))
                .map(Module::packages)
                .toArray(String[]::new);
    }
}
