package io.fincore.api.wallets;

import java.util.ArrayList;
import java.util.List;

/** Texts of ours as camt.053 may carry them. */
final class CamtText {

    /** Of one line of remittance information (Max140Text), as the JDK's validator counts: in units of UTF-16. */
    private static final int MAX_LINE = 140;

    private CamtText() {}

    /**
     * The text in lines of at most 140 characters, none of them empty. What XML 1.0 cannot carry, not even escaped, becomes U+FFFD:
     * control characters, halves of surrogate pairs, U+FFFE and U+FFFF.
     */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_LINE));
        text.codePoints().map(point -> isAllowed(point) ? point : 0xFFFD).forEach(point -> {
            if (line.length() + Character.charCount(point) > MAX_LINE) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.appendCodePoint(point);
        });
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** Production [2] of XML 1.0, Char. */
    private static boolean isAllowed(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
