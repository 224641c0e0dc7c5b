package io.fincore.providers;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Text in SWIFT's character set X, the one that every bank can read: letters and digits of the Latin alphabet, space, and {@code /
 * - ? : ( ) . , ' +}. Accents are dropped (ü becomes u, as in the EPC's conversion table EPC217-08), letters of Latin, Greek and
 * Cyrillic that are more than an accent are transliterated, other characters become a full stop. A slash neither begins nor ends
 * the text nor follows another, which banks read as a code.
 *
 * <p>At most 140 characters if nothing else is said, the length of a name and of a line of remittance information in ISO 20022.
 */
final class SwiftText {

    private static final int MAX_LENGTH = 140;

    private static final String ALLOWED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ";

    private static final Pattern SPACE = Pattern.compile(" ");

    private static final Map<Character, String> LETTERS = letters();

    private SwiftText() {}

    /** @return possibly empty, if the text was blank or of slashes alone */
    static String of(String text) {
        return of(text, MAX_LENGTH);
    }

    /** @param maxLength where ISO 20022 grants another length */
    static String of(String text, int maxLength) {
        StringBuilder written = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKD)
                .codePoints()
                .filter(character -> Character.getType(character) != Character.NON_SPACING_MARK)
                .forEach(character -> append(written, character));
        String single = written.toString().replaceAll("/{2,}", "/").replaceAll(" {2,}", " ");
        String cut = single.length() > maxLength ? single.substring(0, maxLength) : single;
        return cut.replaceAll("^[/ ]+|[/ ]+$", "");
    }

    private static void append(StringBuilder written, int character) {
        if (ALLOWED.indexOf(character) >= 0) {
            written.append((char) character);
        } else if (Character.isWhitespace(character)) {
            written.append(' ');
        } else if (Character.isBmpCodePoint(character)) {
            written.append(LETTERS.getOrDefault((char) character, "."));
        } else {
            written.append('.');
        }
    }

    private static Map<Character, String> letters() {
        Map<Character, String> letters = new HashMap<>();
        add(
                letters,
                "ß:ss Æ:AE æ:ae Ø:O ø:o Œ:OE œ:oe Đ:D đ:d Ð:D ð:d Þ:TH þ:th Ł:L ł:l Ħ:H ħ:h ı:i Ŧ:T ŧ:t Ŋ:N ŋ:n ẞ:SS");
        add(letters, "&:+ _:- –:- —:- ‘:' ’:' `:' ´:' “:' ”:' „:' \":' «:' »:' [:( ]:) {:( }:) ;:, !:. \\:/ |:/");
        addBothCases(
                letters, "α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s τ:t υ:y φ:f χ:ch");
        addBothCases(letters, "ψ:ps ω:o ς:s");
        addBothCases(
                letters, "а:a б:b в:v г:g д:d е:e ж:zh з:z и:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:ts");
        addBothCases(letters, "ч:ch ш:sh щ:sht ы:y ь:y ъ:a э:e ю:yu я:ya є:ie і:i ґ:g ђ:dj ј:j љ:lj њ:nj ћ:c џ:dz");
        return Map.copyOf(letters);
    }

    private static void add(Map<Character, String> letters, String pairs) {
        for (String pair : SPACE.splitAsStream(pairs).toList()) {
            letters.put(pair.charAt(0), pair.substring(2));
        }
    }

    private static void addBothCases(Map<Character, String> letters, String pairs) {
        add(letters, pairs);
        for (String pair : SPACE.splitAsStream(pairs).toList()) {
            String latin = pair.substring(2);
            letters.putIfAbsent(
                    Character.toUpperCase(pair.charAt(0)), Character.toUpperCase(latin.charAt(0)) + latin.substring(1));
        }
    }
}
