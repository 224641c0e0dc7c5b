package io.fincore.dev.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A text that stands nowhere but where somebody put it; found as it is, and within any base64 text. */
record Canary(String text) {

    /** Enough to know the field by what follows. */
    private static final int SHOWN = 24;

    /** Each place in the bytes where the text stands, with what follows it. */
    List<String> findIn(byte[] bytes) {
        String all = new String(bytes, ISO_8859_1);
        List<String> found = new ArrayList<>();
        for (String form : forms()) {
            for (int at = all.indexOf(form); at >= 0; at = all.indexOf(form, at + 1)) {
                String place = all.substring(at, Math.min(all.length(), at + form.length() + SHOWN));
                found.add(place.replaceAll("\\P{Print}", "."));
            }
        }
        return found;
    }

    /** The text, and the three ways in which base64 writes it, by where it begins in a group of three bytes. */
    private List<String> forms() {
        List<String> forms = new ArrayList<>(List.of(text));
        for (int before = 0; before < 3; before++) {
            byte[] padded = new byte[before + text.length()];
            Arrays.fill(padded, (byte) 'x');
            System.arraycopy(text.getBytes(ISO_8859_1), 0, padded, before, text.length());
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(padded);
            // Without the characters that hold bits of what stands before and after.
            int end = padded.length * 8 / 6;
            forms.add(encoded.substring(before == 0 ? 0 : before + 1, end));
        }
        return forms;
    }
}
