package io.fincore.api.settings;

import java.util.List;

/** The settings are wrong; the message lists all mistakes by their names, without the values. */
final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidSettingsException(List<String> mistakes) {
        super("The configuration has " + mistakes.size() + " mistakes:\n- "
                + String.join("\n- ", mistakes.stream().sorted().distinct().toList()));
    }
}
