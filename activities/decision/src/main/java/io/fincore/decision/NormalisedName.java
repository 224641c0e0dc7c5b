package io.fincore.decision;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A name in the forms in which two spellings of it are alike: Unicode NFKD (UAX #15), without marks and invisible
 * characters, without difference of case, with letters that do not decompose spelled in plain ones, and common legal
 * forms in their short form. What this catches, and what it does not, stands in docs/using/decision-rules.md.
 *
 * @param text the words in the order written, for people and rules; empty if the name has neither letter nor digit
 * @param keys two names with a key in common are the same name: their words are the same in some order, or the same
 *     letters when written without spaces
 * @param words without repetitions, sorted; abbreviations written together: "S.A." is sa
 * @param possibleWords the words, and what they are if abbreviations are written apart: "J.Smith" is jsmith, j and
 *     smith
 */
record NormalisedName(String text, List<String> keys, List<String> words, List<String> possibleWords) {

    private static final Pattern DROPPED = Pattern.compile("[\\p{M}\\p{Cf}\\p{Cc}&&[^\\s]]+");
    private static final Pattern ABBREVIATING = Pattern.compile("[.'’‘ʼ`´]+");
    private static final Pattern SEPARATING = Pattern.compile("[^\\p{L}\\p{N}]+");

    private static final Map<Integer, String> PLAIN_LETTERS = Map.ofEntries(
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'ø', "o"),
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'ħ', "h"),
            Map.entry((int) 'ı', "i"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'ŧ', "t"));

    private static final Map<String, String> LEGAL_FORMS = Map.of(
            "limited", "ltd",
            "incorporated", "inc",
            "corporation", "corp",
            "company", "co");

    NormalisedName {
        keys = List.copyOf(keys);
        words = List.copyOf(words);
        possibleWords = List.copyOf(possibleWords);
    }

    static NormalisedName of(String name) {
        String letters = plainLetters(name);
        List<String> apart = words(letters);
        // "S.A." and "O'Brien" are one word to some and two to others.
        List<String> together = words(ABBREVIATING.matcher(letters).replaceAll(""));
        List<String> keys = Stream.of(sorted(apart), sorted(together), String.join("", apart))
                .filter(key -> !key.isEmpty())
                .distinct()
                .toList();
        return new NormalisedName(
                String.join(" ", apart),
                keys,
                distinct(together.stream()),
                distinct(Stream.concat(apart.stream(), together.stream())));
    }

    private static String plainLetters(String name) {
        String decomposed =
                DROPPED.matcher(Normalizer.normalize(name, Form.NFKD)).replaceAll("");
        // By capitals first: so ß becomes ss, as in full case folding.
        String folded = decomposed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        StringBuilder plain = new StringBuilder(folded.length());
        // Folding may bring marks back (İ), hence once more.
        DROPPED.matcher(Normalizer.normalize(folded, Form.NFKD))
                .replaceAll("")
                .codePoints()
                .forEach(letter -> plain.append(PLAIN_LETTERS.getOrDefault(letter, Character.toString(letter))));
        return plain.toString();
    }

    private static List<String> words(String letters) {
        return Arrays.stream(SEPARATING.split(letters))
                .filter(word -> !word.isEmpty())
                .map(word -> LEGAL_FORMS.getOrDefault(word, word))
                .toList();
    }

    private static String sorted(List<String> words) {
        return String.join(" ", words.stream().sorted().toList());
    }

    private static List<String> distinct(Stream<String> words) {
        return words.distinct().sorted().toList();
    }
}
