package io.fincore.workflows.bookcheck;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The status of a check of the book, as clients see it and as it is stored. */
public enum BookCheckStatus {
    RUNNING(false),
    /** Everything holds. */
    SOUND(true),
    /** Something does not: the report names it. */
    VIOLATED(true),
    /** The check could not be made: nothing is known of the book. */
    FAILED(true);

    private final boolean terminal;

    BookCheckStatus(boolean terminal) {
        this.terminal = terminal;
    }

    public boolean isTerminal() {
        return terminal;
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the code names no status */
    @JsonCreator
    public static BookCheckStatus ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
