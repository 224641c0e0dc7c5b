package io.fincore.steps;

import java.util.Locale;

/** What goes wrong with one step. */
enum Fault {
    /** Each attempt meets a fault that is no outage, until somebody repairs it. */
    PERMANENT,
    /** The database is lost during the first two attempts. */
    TRANSIENT,
    /** The process of the first attempt halts when all is done but the commit; it never answers. */
    HALTED_BEFORE_COMMIT,
    /** The process of the first attempt halts after all is committed, before Temporal hears of it. */
    HALTED_AFTER_COMMIT,
    /** The process of the first attempt halts when the intent to call a provider is committed, before the first byte leaves. */
    HALTED_AFTER_INTENT,
    /** The process of the first attempt halts when a provider has answered, before the answer is committed. */
    HALTED_BEFORE_ANSWER;

    /** As the tables have it in their headings. */
    static Fault of(String words) {
        return valueOf(words.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
